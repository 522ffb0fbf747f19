import type { ReactNode } from 'react'
import { domainText } from '../../../../shared/domain-name.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useLive } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { language as nameOfLanguage } from '../../ui/format.ts'
import { handleText } from '../../ui/handle-text.ts'
import { Icon } from '../../ui/Icon.tsx'
import { ageWords } from './ages.ts'
import styles from './ListHead.module.css'
import { type Chosen, chosenParts, isNarrowed, nothingChosen } from './queue.ts'
import { choose, sameTarget, useDesk } from './store.ts'
import { type OpenList, useLinesVersion } from './use-open-list.ts'

/** The names of what is chosen by its id: from what there is to choose, and of an account from any row about it. */
const useNames = (list: OpenList | undefined) => {
  const { rule, assignee: asked, target } = useDesk(desk => desk.chosen)
  const assignee = asked === 'nobody' ? null : asked
  useLinesVersion(list?.of)
  const choices = useLive('reports.choices', rule || assignee || target ? {} : null).data
  const rows = [0, 1, 2].map(index => list?.of.at(index))
  const row = rows.find(line => line?.line === 'report')
  const known = choices?.targets.find(each => sameTarget(each.target, target))?.account
  const about = known ?? (row?.line === 'report' ? row.row.target : undefined)
  return {
    rule: choices?.rules.find(each => each.rule.server === rule?.server && each.rule.id === rule.id)?.text ?? rule?.id,
    assignee:
      choices?.assignees.find(each => each.assignee.server === assignee?.server && each.assignee.id === assignee.id)
        ?.name ?? assignee?.id,
    target: about ? handleText(about) : undefined,
  }
}

const wordsOf = (part: keyof Chosen, chosen: Chosen, names: ReturnType<typeof useNames>): string => {
  const { category, origin, source, language, age, target, campaign } = chosen
  const home = (domain: string | null, here: string) => (domain === null ? here : domainText(domain))
  const words: Partial<Record<keyof Chosen, string>> = {
    category: category === null ? '' : say(`category.${category}`),
    target: names.target ?? target?.id ?? '',
    rule: names.rule ?? '',
    origin: say('filter.is-on', { server: home(origin?.domain ?? null, say('reports.group.home')) }),
    source: say('filter.is-from', { server: home(source?.domain ?? null, say('filter.members')) }),
    language: language === null ? '' : nameOfLanguage(language),
    assignee:
      chosen.assignee === 'nobody'
        ? say('filter.is-with-nobody')
        : say('filter.is-with', { who: names.assignee ?? '' }),
    campaign: campaign === null ? '' : campaign.replace(/^link:/, '').replace(/^text:.*/, say('filter.same-text')),
    age: ageWords(age),
  }
  return words[part] ?? ''
}

const away: { [K in keyof Chosen]: Pick<Chosen, K> } = Object.fromEntries(
  Object.entries(nothingChosen).map(([part, value]) => [part, { [part]: value }]),
) as never

/** What the queue is narrowed by, each taken away by a press; `actions`: what can be done with all of it. */
export const FilterChips = ({ list, actions }: { list: OpenList | undefined; actions: ReactNode }) => {
  const chosen = useDesk(desk => desk.chosen)
  const names = useNames(list)
  if (!isNarrowed(chosen) && !actions) return null
  return (
    <div className={styles.chosen}>
      {chosenParts(chosen).map(part => {
        const words = wordsOf(part, chosen, names)
        return (
          <Button key={part} className={styles.part} onClick={() => choose(away[part])}>
            <bdi dir="auto">{words}</bdi>
            <Icon name="close" small label={say('filter.away')} />
          </Button>
        )
      })}
      {/* An empty list offers it in its middle. */}
      {isNarrowed(chosen) && list?.lines !== 0 && (
        <Button look="bare" onClick={() => useDesk.setState({ chosen: nothingChosen })}>
          {say('filter.clear')}
        </Button>
      )}
      {actions}
    </div>
  )
}
