import type { ServerKey } from '../../../../shared/contract/ids.ts'
import { domainText } from '../../../../shared/domain-name.ts'
import { say } from '../../../../shared/messages/say.ts'
import type { Output } from '../../client/question.ts'
import { useServers } from '../../client/servers.tsx'
import { useLive } from '../../client/use-live.ts'
import controls from '../../ui/controls.module.css'
import { FilterPanel } from '../../ui/FilterPanel.tsx'
import { language as nameOfLanguage, number } from '../../ui/format.ts'
import { handleText } from '../../ui/handle-text.ts'
import { ageOptions, agesOf, ageValue } from './ages.ts'
import { type Chosen, chosenParts, type Queue } from './queue.ts'
import { choose, useDesk } from './store.ts'

type Choices = Output<'reports.choices'>
type Option = { value: string; says: string; count?: number }

const withCount = ({ says, count }: Option) =>
  count === undefined ? says : say('filter.option', { says, count: number(count) })

/** One thing to narrow by, as a menu of the system; the first choice takes it away. */
const Field = ({
  label,
  value,
  options,
  onPick,
}: {
  label: string
  value: string
  options: readonly Option[]
  onPick(value: string): void
}) => {
  // What is chosen stays to be seen, also where no report of it is left.
  const known = value === '' || options.some(option => option.value === value)
  return (
    <label>
      <span className={controls.label}>{label}</span>
      <select className={controls.field} value={value} onChange={event => onPick(event.target.value)}>
        <option value="">{say('filter.any')}</option>
        {!known && <option value={value}>{domainText(value)}</option>}
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {withCount(option)}
          </option>
        ))}
      </select>
    </label>
  )
}

const asHome = (value: string): Chosen['origin'] => (value === '' ? null : { domain: value === '.' ? null : value })
const homeValue = (home: Chosen['origin']) => (home === null ? '' : (home.domain ?? '.'))
const asRemote = (value: string): Chosen['rule'] => {
  const at = value.indexOf(' ')
  return at < 0 ? null : { server: value.slice(0, at), id: value.slice(at + 1) }
}
/** No id is written so: a server's key and a blank stand before it. */
const NOBODY = 'nobody'
const remoteValue = (remote: Chosen['rule']) => (remote === null ? '' : `${remote.server} ${remote.id}`)

const Fields = ({ choices, isOpen }: { choices: Choices | undefined; isOpen: boolean }) => {
  const chosen = useDesk(desk => desk.chosen)
  const servers = useServers()
  const several = servers.length > 1
  const onServer = (says: string, server: ServerKey) => {
    const domain = servers.find(each => each.key === server)?.domain
    return several && domain !== undefined ? say('filter.on-server', { says, server: domain }) : says
  }
  const homes = (all: Choices['origins'] = [], here: string): Option[] =>
    all.map(({ domain, count }) => ({ value: domain ?? '.', says: domain === null ? here : domainText(domain), count }))
  return (
    <>
      <Field
        label={say('filter.target')}
        value={remoteValue(chosen.target)}
        options={(choices?.targets ?? []).map(({ target, account, count }) => ({
          value: remoteValue(target),
          says: onServer(handleText(account), target.server),
          count,
        }))}
        onPick={value => choose({ target: asRemote(value) })}
      />
      <Field
        label={say('filter.rule')}
        value={remoteValue(chosen.rule)}
        options={(choices?.rules ?? []).map(({ rule, text, count }) => ({
          value: remoteValue(rule),
          says: onServer(text, rule.server),
          count,
        }))}
        onPick={value => choose({ rule: asRemote(value) })}
      />
      <Field
        label={say('filter.origin')}
        value={homeValue(chosen.origin)}
        options={homes(choices?.origins, say('reports.group.home'))}
        onPick={value => choose({ origin: asHome(value) })}
      />
      <Field
        label={say('filter.source')}
        value={homeValue(chosen.source)}
        options={homes(choices?.sources, say('filter.members'))}
        onPick={value => choose({ source: asHome(value) })}
      />
      <Field
        label={say('filter.language')}
        value={chosen.language ?? ''}
        options={(choices?.languages ?? []).map(({ language, count }) => ({
          value: language,
          says: nameOfLanguage(language),
          count,
        }))}
        onPick={value => choose({ language: value === '' ? null : value })}
      />
      <Field
        label={say(isOpen ? 'filter.waiting' : 'filter.closed')}
        value={ageValue(chosen.age)}
        options={ageOptions()}
        onPick={value => choose({ age: agesOf(value) })}
      />
      <Field
        label={say('filter.assignee')}
        value={chosen.assignee === NOBODY ? NOBODY : remoteValue(chosen.assignee)}
        options={[
          { value: NOBODY, says: say('filter.nobody'), ...(choices && { count: choices.unassigned }) },
          ...(choices?.assignees ?? []).map(({ assignee, name, me, count }) => ({
            value: remoteValue(assignee),
            says: onServer(me ? say('filter.me', { name }) : name, assignee.server),
            count,
          })),
        ]}
        onPick={value => choose({ assignee: value === NOBODY ? NOBODY : asRemote(value) })}
      />
    </>
  )
}

/** Everything else that a queue can be narrowed by. */
export const FilterPane = ({ queue, server }: { queue: Queue; server: ServerKey | null }) => {
  const count = useDesk(desk => chosenParts(desk.chosen).length)
  return (
    <FilterPanel count={count}>
      <Open queue={queue} server={server} />
    </FilterPanel>
  )
}

/** Asked only while it is open. */
const Open = ({ queue, server }: { queue: Queue; server: ServerKey | null }) => {
  const isOpen = queue !== 'closed'
  const choices = useLive('reports.choices', { server, state: isOpen ? 'open' : 'resolved' })
  return <Fields choices={choices.data ?? choices.before} isOpen={isOpen} />
}
