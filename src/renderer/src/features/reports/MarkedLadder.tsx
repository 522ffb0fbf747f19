import type { DecisionKind } from '../../../../shared/contract/decisions.ts'
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
import { refusalOf, useMarks } from './marks.ts'

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

/** The ladder while it acts on everything that is marked: what each does to whom stands in the sheet that follows. */
export const MarkedLadder = ({ onPick }: Pick<Rung, 'onPick'>) => {
  const marks = useMarks(state => state.marks)
  const servers = useServers()
  const targets = [...marks.values()].map(({ target }) => target)
  const keys = new Set(targets.map(({ server }) => server))
  const on = servers.filter(({ key }) => keys.has(key))
  // Where our role may not act on accounts, what a rung does leaves them out, as its sheet will.
  const not = on.filter(({ role }) => !role.manageUsers)
  const reports = targets.filter(target => !not.some(({ key }) => key === target.server))
  const about = useLive('reports.about', reports.length > 0 ? { reports } : null)
  const effect = (kind: Kind): Pick<Rung, 'does' | 'refused'> => {
    const refusal = refusalOf(kind, on)
    return refusal === null
      ? { does: doesWords(kind, marks.size, about.data ?? about.before), refused: false }
      : { does: say(refusal), refused: true }
  }
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
            <RungButton kind={kind} command={command} {...effect(kind)} onPick={onPick} />
          </li>
        ))}
      </ol>
      {not.length > 0 && not.length < on.length && (
        <p className={styles.note}>
          {say('marks.not-on', { servers: list(not.map(({ domain }) => domainText(domain))) })}
        </p>
      )}
      <p className={styles.note}>{say('marks.while-current')}</p>
    </section>
  )
}
