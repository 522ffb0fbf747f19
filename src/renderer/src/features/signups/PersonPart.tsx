import type { ReactNode } from 'react'
import type { SignupRow } from '../../../../shared/contract/signups.ts'
import { say } from '../../../../shared/messages/say.ts'
import { visibleControls } from '../../../../shared/visible-text.ts'
import { Button } from '../../ui/Button.tsx'
import { OddSays } from '../../ui/Domain.tsx'
import { ago, language } from '../../ui/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import { KeyOf, useShortcut } from '../../ui/Keys.tsx'
import parts from '../../ui/parts.module.css'
import { DecisionLine } from '../../ui/State.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './Signups.module.css'
import { againstThem, forThem, mailDomainOf } from './words.ts'

const Evidence = ({ title, says, none }: { title: string; says: readonly string[]; none: string }) => (
  <section aria-label={title}>
    <div className={parts.partHead}>
      <h3>{title}</h3>
    </div>
    {says.length === 0 ? (
      <p className={parts.quiet}>{none}</p>
    ) : (
      <ul className={styles.evidence}>
        {says.map(each => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    )}
  </section>
)

type Shown = {
  row: SignupRow
  /** E-mail and address, masked or revealed. */
  personal: ReactNode
  onApprove(): void
  onReject(): void
}

/** One person who waits: what they wrote, what speaks for and against them, and both answers. */
export const PersonPart = ({ row, personal, onApprove, onReject }: Shown) => {
  const now = useNow(30_000)
  const [approve, reject] = [useShortcut('approve'), useShortcut('reject')]
  return (
    <section className={styles.one} aria-labelledby="person-h">
      <div className={parts.partHead}>
        <h2 id="person-h" className={parts.cut}>
          <bdi>@{visibleControls(row.account.username)}</bdi>
        </h2>
        <span className={parts.sum}>
          {say('signups.signed-up', { ago: ago(now - row.signedUpAt) })}
          {row.locale !== null && ` · ${language(row.locale)}`}
        </span>
        <span className={parts.push} />
        {row.decision ? (
          <DecisionLine decision={row.decision} />
        ) : (
          <>
            <Button onClick={onApprove} aria-keyshortcuts={approve}>
              {say('kind.signup.approve')}
              <KeyOf command="approve" />
            </Button>
            <Button onClick={onReject} aria-keyshortcuts={reject}>
              {say('signups.reject-one')}
              <KeyOf command="reject" />
            </Button>
          </>
        )}
      </div>
      <OddSays domain={mailDomainOf(row.email)} />
      <blockquote className={styles.reason} dir="auto">
        {row.reason === '' ? <Icon name="other" small label={say('signups.no-reason')} /> : row.reason}
      </blockquote>
      <div className={styles.two}>
        <Evidence title={say('signups.against')} says={againstThem(row)} none={say('signups.nothing-against-one')} />
        <div>
          <Evidence title={say('signups.for')} says={forThem(row)} none={say('signups.nothing-for-one')} />
          {personal}
        </div>
      </div>
    </section>
  )
}
