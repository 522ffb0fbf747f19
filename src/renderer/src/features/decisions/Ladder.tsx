import type { ReactNode } from 'react'
import type { AccountName } from '../../../../shared/contract/accounts.ts'
import type { Rung } from '../../../../shared/contract/decisions.ts'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import { say, sayCode, sayFailure } from '../../../../shared/messages/say.ts'
import { Button } from '../../ui/Button.tsx'
import { ConsequenceText } from '../../ui/ConsequenceText.tsx'
import type { Command } from '../../ui/commands.ts'
import { cx } from '../../ui/cx.ts'
import { Domain } from '../../ui/Domain.tsx'
import { kindName } from '../../ui/decision-words.ts'
import { HandleInline } from '../../ui/Handle.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Hint, KeyOf, useCaps, useShortcut } from '../../ui/Keys.tsx'
import ladder from '../../ui/ladder.module.css'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import { kindIcon } from '../../ui/State.tsx'
import { Words } from '../../ui/Words.tsx'
import styles from './Ladder.module.css'

/** Severity shows in the glyph's colour; the glyph and the word say the same. */
const tone = ({ kind }: Rung) =>
  kind === 'account.limit' ? styles.limit : kind === 'account.suspend' ? styles.suspend : undefined

const mailWord = ({ mail }: Rung, mailOff: boolean) =>
  say(mail === 'yes' ? (mailOff ? 'mail.no' : 'mail.yes') : `mail.${mail}`)

/** The commands of the ladder, in its order. */
const rungCommands = ['rung-1', 'rung-2', 'rung-3', 'rung-4', 'rung-5', 'rung-6'] as const

type Step = { rung: Rung; command: Command; mailOff: boolean; onPick(rung: Rung): void }

const RungButton = ({ rung, command, mailOff, onPick }: Step) => (
  <button
    type="button"
    className={cx(ladder.rung, styles.rung, tone(rung))}
    aria-disabled={rung.refusal !== null}
    aria-keyshortcuts={useShortcut(command)}
    // The second click of a double click would decide on the case that came up in between.
    onClick={event => event.detail < 2 && onPick(rung)}
  >
    <KeyOf command={command} />
    <Icon name={kindIcon(rung.kind)} small />
    <span className={cx(ladder.what, styles.what)}>{kindName(rung.kind)}</span>
    {rung.refusal !== null ? (
      <span className={cx(ladder.then, styles.refused)}>{sayCode(rung.refusal, rung.does.values)}</span>
    ) : (
      <>
        <span className={styles.does}>
          <span className={ladder.then}>
            <ConsequenceText says={{ ...rung.does, gone: false }} />
          </span>
          <span className={styles.also}>{say('ladder.closes', { count: rung.closes })}</span>
          <span className={styles.also}>{mailWord(rung, mailOff)}</span>
        </span>
        <span className={styles.back}>
          <ConsequenceText says={{ ...rung.back, gone: false }} />
        </span>
      </>
    )}
  </button>
)

const WordsSwitch = ({ withWords, onWords }: Pick<Shown, 'withWords' | 'onWords'>) => (
  <Button look="bare" aria-pressed={withWords} aria-keyshortcuts={useShortcut('words')} onClick={onWords}>
    <Hint keys={useCaps('words')}>{say(withWords ? 'ladder.words-on' : 'ladder.words-off')}</Hint>
    <span className={parts.unseen}>{say(withWords ? 'ladder.words-on' : 'ladder.words-off')}</span>
  </Button>
)

const MailSwitch = ({ mailOff, onMail }: Pick<Shown, 'mailOff' | 'onMail'>) => (
  <Button look="bare" aria-pressed={!mailOff} aria-keyshortcuts={useShortcut('mail')} onClick={onMail}>
    <Hint keys={useCaps('mail')}>{say(mailOff ? 'ladder.mail-off' : 'ladder.mail-on')}</Hint>
    <span className={parts.unseen}>{say('ladder.mail')}</span>
  </Button>
)

/** What stands beside the rungs, each with a command of its own. */
const asideCommands: Readonly<Partial<Record<Rung['kind'], Command>>> = {
  'report.categorise': 'categorise',
  'report.forward': 'forward',
  'account.delete': 'delete-data',
}

const AsideButton = ({ aside, command, onPick }: { aside: Rung; command: Command; onPick(rung: Rung): void }) => (
  <span className={parts.line}>
    <Button
      aria-disabled={aside.refusal !== null}
      aria-keyshortcuts={useShortcut(command)}
      onClick={event => event.detail < 2 && onPick(aside)}
    >
      <Icon name={kindIcon(aside.kind)} small />
      {kindName(aside.kind)}
      <KeyOf command={command} />
    </Button>
    {aside.refusal !== null && <span>{sayCode(aside.refusal, aside.does.values)}</span>}
  </span>
)

type Shown = {
  /** Whether the next rung opens its sheet, to write a text first. */
  withWords: boolean
  onWords(): void
  rungs: readonly Rung[]
  ways: readonly Rung[]
  /** What else can be done with this case. */
  asides: readonly Rung[]
  account: AccountName
  server: Server | undefined
  mailOff: boolean
  /** Whether the sheet lies over it. */
  covered: boolean
  /** Why the last press did nothing. */
  trouble: Pick<Failure, 'code' | 'detail'> | null
  onPick(rung: Rung): void
  onWay(rung: Rung): void
  onMail(): void
  /** Where someone can do what our role may not. */
  elsewhere: ReactNode
}

/** What the role alone forbids: someone else can do it. */
const isOfRole = ({ refusal }: Rung) => refusal?.startsWith('refusal.role-') ?? false

/** The ladder: six rungs, always in the same places, each with what it does, what else, and what comes back; under it the ways back. */
export const Ladder = ({
  rungs,
  ways,
  asides,
  account,
  server,
  mailOff,
  withWords,
  covered,
  trouble,
  onPick,
  onWay,
  onMail,
  onWords,
  elsewhere,
}: Shown) => (
  <section className={cx(ladder.ladder, styles.ladder)} aria-labelledby="ladder-h" inert={covered}>
    <div className={cx(ladder.head, styles.head)}>
      <h2 className={styles.title} id="ladder-h">
        <span className={styles.whom}>
          <Words code="ladder.title" values={{ who: <HandleInline who={account} /> }} />
        </span>
        {server && (
          <span className={parts.line}>
            <Mark server={server} />
            <Domain name={server.domain} className={styles.host} />
          </span>
        )}
      </h2>
      <span className={parts.push} />
      <WordsSwitch withWords={withWords} onWords={onWords} />
      {rungs.some(rung => rung.mail === 'yes') && <MailSwitch mailOff={mailOff} onMail={onMail} />}
    </div>
    {trouble && (
      <p className={cx(styles.trouble, parts.error)} role="alert">
        <Icon name="failed" />
        <span>{sayFailure(trouble)}</span>
      </p>
    )}
    <ol className={cx(ladder.rungs, styles.rungs)}>
      {rungs.slice(0, rungCommands.length).map((rung, index) => (
        <li key={rung.kind}>
          <RungButton rung={rung} command={rungCommands[index] ?? 'rung-1'} mailOff={mailOff} onPick={onPick} />
        </li>
      ))}
    </ol>
    {elsewhere && rungs.some(isOfRole) && <p className={styles.ways}>{elsewhere}</p>}
    {(ways.length > 0 || asides.length > 0) && (
      <div className={styles.ways}>
        {ways.length > 0 && (
          <div className={styles.group}>
            <span>{say('ladder.ways')}</span>
            {ways.map(way => (
              <span key={way.kind} className={parts.line}>
                <Button aria-disabled={way.refusal !== null} onClick={() => onWay(way)}>
                  <Icon name={kindIcon(way.kind)} small />
                  {kindName(way.kind)}
                </Button>
                <span>
                  {way.refusal === null ? (
                    <ConsequenceText says={{ ...way.does, gone: false }} />
                  ) : (
                    sayCode(way.refusal, way.does.values)
                  )}
                </span>
              </span>
            ))}
          </div>
        )}
        {asides.length > 0 && (
          <div className={styles.group}>
            <span>{say('ladder.asides')}</span>
            {asides.map(aside => (
              <AsideButton
                key={aside.kind}
                aside={aside}
                command={asideCommands[aside.kind] ?? 'categorise'}
                onPick={onPick}
              />
            ))}
          </div>
        )}
      </div>
    )}
  </section>
)
