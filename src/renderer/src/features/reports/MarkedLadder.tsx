import type { DecisionKind } from '../../../../shared/contract/decisions.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import { domainText } from '../../../../shared/domain-name.ts'
import { say } from '../../../../shared/messages/say.ts'
import type { Output } from '../../client/question.ts'
import { useServers } from '../../client/servers.tsx'
import { useLive } from '../../client/use-live.ts'
import type { Command } from '../../ui/commands.ts'
import { cx } from '../../ui/cx.ts'
import { kindName } from '../../ui/decision-words.ts'
import { list } from '../../ui/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import { KeyOf, useShortcut } from '../../ui/Keys.tsx'
import ladder from '../../ui/ladder.module.css'
import { Mark } from '../../ui/Mark.tsx'
import { kindIcon } from '../../ui/State.tsx'
import styles from './MarkedLadder.module.css'
import { useMarks } from './marks.ts'

/** The rungs, in the places that they have for one case. */
export const markedRungs = [
  ['report.close', 'rung-1'],
  ['account.warn', 'rung-2'],
  ['account.sensitive', 'rung-3'],
  ['account.limit', 'rung-4'],
  ['account.freeze', 'rung-5'],
  ['account.suspend', 'rung-6'],
] as const satisfies [DecisionKind, Command][]

type Kind = (typeof markedRungs)[number][0]
type Rung = { kind: Kind; command: Command; does: string; refused: boolean; onPick(kind: DecisionKind): void }

const RungButton = ({ kind, command, does, refused, onPick }: Rung) => (
  <button
    type="button"
    className={cx(ladder.rung, styles.rung)}
    aria-disabled={refused}
    aria-keyshortcuts={useShortcut(command)}
    onClick={event => event.detail < 2 && onPick(kind)}
  >
    <KeyOf command={command} />
    <Icon name={kindIcon(kind)} small />
    <span className={ladder.what}>{kindName(kind)}</span>
    <span className={cx(ladder.then, styles.then)}>{does}</span>
  </button>
)

/** What a rung does to all that is marked, in numbers; nothing to say until they are read. */
const doesWords = (kind: Kind, count: number, about: Output<'reports.about'> | undefined): string => {
  if (kind === 'report.close') return say('marks.then-reports', { count })
  return about ? say(`marks.then.${kind}`, about) : ''
}

const may = (kind: Kind, { role }: Server) => (kind === 'report.close' ? role.manageReports : role.manageUsers)

/** What a rung does, and where our role may not do it: on some of the servers, or on all. */
const effectOf = (kind: Kind, on: readonly Server[], does: string): Pick<Rung, 'does' | 'refused'> => {
  const not = on.filter(server => !may(kind, server))
  if (not.length === 0 || does === '') return { does, refused: false }
  if (not.length === on.length)
    return { does: say(kind === 'report.close' ? 'refusal.role-reports' : 'refusal.role-users'), refused: true }
  return {
    does: say('marks.not-on', { does, servers: list(not.map(({ domain }) => domainText(domain))) }),
    refused: false,
  }
}

/** The ladder while it acts on everything that is marked: what each does to whom stands in the sheet that follows. */
export const MarkedLadder = ({ onPick }: Pick<Rung, 'onPick'>) => {
  const marks = useMarks(state => state.marks)
  const servers = useServers()
  const about = useLive('reports.about', { reports: [...marks.values()].map(({ target }) => target) })
  const keys = new Set([...marks.values()].map(({ target }) => target.server))
  const on = servers.filter(({ key }) => keys.has(key))
  return (
    <section className={ladder.ladder} aria-labelledby="marked-h">
      <div className={ladder.head}>
        <h2 className={styles.title} id="marked-h">
          {say('marks.ladder', { count: marks.size })}
        </h2>
        {on.map(server => (
          <Mark key={server.key} server={server} />
        ))}
      </div>
      <ol className={ladder.rungs}>
        {markedRungs.map(([kind, command]) => (
          <li key={kind}>
            <RungButton
              kind={kind}
              command={command}
              {...effectOf(kind, on, doesWords(kind, marks.size, about.data ?? about.before))}
              onPick={onPick}
            />
          </li>
        ))}
      </ol>
      <p className={styles.note}>{say('marks.while-current')}</p>
    </section>
  )
}
