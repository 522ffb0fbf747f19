import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { AccountName } from '../../../../shared/contract/accounts.ts'
import type { Rung } from '../../../../shared/contract/decisions.ts'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { Target } from '../../../../shared/contract/ids.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import { say, sayCode, sayFailure } from '../../../../shared/messages/say.ts'
import { languageTag } from '../../../../shared/template-text.ts'
import { visibleControls } from '../../../../shared/visible-text.ts'
import { useWords } from '../../client/drafts.ts'
import { BackButton } from '../../ui/BackButton.tsx'
import { Button } from '../../ui/Button.tsx'
import { ConsequenceText } from '../../ui/ConsequenceText.tsx'
import { cx } from '../../ui/cx.ts'
import { Domain, OddSays } from '../../ui/Domain.tsx'
import { kindName, kindVerb } from '../../ui/decision-words.ts'
import { language } from '../../ui/format.ts'
import { HandleInline } from '../../ui/Handle.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { HintOf, Key } from '../../ui/Keys.tsx'
import { type Cited, MailPreview } from '../../ui/MailPreview.tsx'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import { kindIcon } from '../../ui/State.tsx'
import { Words } from '../../ui/Words.tsx'
import styles from './Sheet.module.css'
import { type Reasons, SheetForm } from './SheetForm.tsx'
import { noWords, placeOf } from './store.ts'

/** A rung without a sheet of its own has two effects: what it does, and what comes back. */
const effectsOf = (rung: Rung): Rung['effects'] =>
  rung.effects.length > 0
    ? rung.effects
    : [
        { part: 'at-once', says: [rung.does] },
        { part: 'take-back', says: [rung.back] },
      ]

const Effects = ({ rung }: { rung: Rung }) => (
  <table className={styles.effects}>
    <caption className={parts.unseen}>{say('sheet.effects')}</caption>
    <tbody>
      {effectsOf(rung).map(({ part, says }) => (
        <tr key={part}>
          <th scope="row">{say(`part.${part}`)}</th>
          <td>
            {says.map(each => (
              <ConsequenceText key={each.code} says={each} />
            ))}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

/** What is known of who gets the mail. `locale`: as the server names it. `cited`: null where no report is answered. */
type Letter = { locale: string | null; cited: Cited | null }

const MailTitle = ({ account, locale }: { account: AccountName; locale: string | null }) => {
  const tag = languageTag(locale)
  return (
    <>
      <Words code="preview.title" values={{ name: <bdi>@{visibleControls(account.username)}</bdi> }} />{' '}
      <span className={parts.quiet}>
        {tag === null ? say('preview.language-unknown') : say('preview.language', { language: language(tag) })}
      </span>
    </>
  )
}

type Shown = {
  rung: Rung
  target: Target
  account: AccountName
  server: Server | undefined
  rules: readonly { id: string; text: string; here: boolean }[]
  graceSeconds: number
  mailOff: boolean
  trouble: Pick<Failure, 'code' | 'detail'> | null
  /** What this kind takes besides, and whether it is complete; null where it takes nothing. */
  fields?: { part: ReactNode; complete: boolean } | null
  /** Puts a template into the text; given the texts of the rules that are picked. */
  templates(rules: readonly string[], onText: (text: string, language: string) => void): ReactNode
  /** What is known of the mail that a member gets; null where it can be none. */
  letter: Letter | null
  onArm(reasons: Reasons): void
  onBack(): void
}

/** All consequences before a decision that cannot be given back whole. It rises over posts and ladder, never over the name. */
export const Sheet = ({
  rung,
  target,
  account,
  server,
  rules,
  graceSeconds,
  mailOff,
  trouble,
  fields,
  templates,
  letter,
  onArm,
  onBack,
}: Shown) => {
  const { words, keep } = useWords(placeOf(target), noWords)
  const [mail, setMail] = useState(rung.mail === 'yes' && !mailOff)
  const [typed, setTyped] = useState('')
  const [picked, setPicked] = useState<readonly string[]>(() => rules.filter(rule => rule.here).map(rule => rule.id))
  const arm = useRef<HTMLButtonElement>(null)
  const body = useRef<HTMLDivElement>(null)
  // What there is to choose comes first; else one more Enter arms it.
  useEffect(() => {
    const first = body.current?.querySelector<HTMLElement>('[data-fields] :is(input:checked, textarea)')
    ;(first ?? arm.current)?.focus()
  }, [])
  const reasons = { text: words.text, note: words.note, mail, rules: [...picked], typed }
  const cannot = (rung.brake !== null && typed.trim() !== rung.name) || fields?.complete === false
  const isSignup = rung.kind === 'signup.reject'
  const severe = rung.kind === 'account.suspend' || rung.kind === 'account.delete' || isSignup
  const hold = say('sheet.hold', { seconds: graceSeconds, what: kindVerb(rung.kind) })
  return (
    <section
      className={cx(styles.sheet, !severe && styles.mild)}
      role="dialog"
      data-sheet=""
      aria-labelledby="sheet-h"
      // A ticked choice has no Enter of its own.
      onKeyDown={event => {
        const ticks = event.target instanceof HTMLElement && event.target.matches('[data-fields] input')
        if (event.key === 'Enter' && ticks && !event.repeat && !cannot) onArm(reasons)
      }}
    >
      <div className={styles.head}>
        <h2 className={styles.title} id="sheet-h">
          <span className={styles.tone}>
            <Icon name={kindIcon(rung.kind)} small />
            {kindName(rung.kind)}
          </span>
          <span className={styles.whom}>
            <HandleInline who={account} />
          </span>
          {server && (
            <span className={parts.line}>
              <Mark server={server} />
              <Domain name={server.domain} className={styles.host} />
            </span>
          )}
        </h2>
        <span className={parts.push} />
        <span className={parts.quiet}>
          {say(isSignup ? 'sheet.signup' : account.domain === null ? 'sheet.member' : 'sheet.remote')}
        </span>
      </div>
      <OddSays domain={account.domain} className={styles.odd} />
      <div className={styles.body} ref={body}>
        <div>
          <Effects rung={rung} />
          {rung.mail === 'yes' &&
            letter &&
            (mail ? (
              <MailPreview
                title={<MailTitle account={account} locale={letter.locale} />}
                kind={rung.kind}
                cited={letter.cited}
                text={reasons.text}
                written={words.language}
                reader={letter.locale}
              />
            ) : (
              <p className={parts.quiet}>{say('preview.off')}</p>
            ))}
        </div>
        <SheetForm
          fields={fields?.part ?? null}
          canMail={rung.mail === 'yes'}
          isMember={
            account.domain === null && !isSignup && rung.kind.startsWith('account.') && rung.kind !== 'account.delete'
          }
          brake={rung.brake === null ? null : { says: sayCode(rung.brake, { name: rung.name }), name: rung.name }}
          rules={rules}
          templates={templates(
            rules.filter(rule => picked.includes(rule.id)).map(rule => rule.text),
            (text, language) => keep({ text, language }),
          )}
          reasons={reasons}
          onChange={next => {
            setMail(next.mail)
            setPicked(next.rules)
            setTyped(next.typed)
            // What is written from nothing is in a language that nobody told.
            keep({ text: next.text, note: next.note, ...(next.text === '' && { language: '' }) })
          }}
        />
      </div>
      {trouble && (
        <p className={cx(styles.foot, parts.error)} role="alert">
          <Icon name="failed" />
          <span>{sayFailure(trouble)}</span>
        </p>
      )}
      <div className={styles.foot}>
        <Button
          look={severe ? 'danger' : 'primary'}
          ref={arm}
          aria-disabled={cannot}
          onClick={() => cannot || onArm(reasons)}
          // An Enter that is still held down from opening the sheet decides nothing.
          onKeyDown={event => event.repeat && event.preventDefault()}
        >
          {hold}
          <Key>{say('key.enter')}</Key>
        </Button>
        <BackButton onClick={onBack} />
        <span className={parts.push} />
        {rung.kind === 'account.suspend' && <HintOf command="rung-4">{say('sheet.limit-instead')}</HintOf>}
      </div>
    </section>
  )
}
