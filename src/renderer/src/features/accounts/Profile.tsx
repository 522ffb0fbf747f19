import type { ReactNode } from 'react'
import type { Account, KeptProfile } from '../../../../shared/contract/accounts.ts'
import { say } from '../../../../shared/messages/say.ts'
import { Button } from '../../ui/Button.tsx'
import { ContentTree } from '../../ui/ContentTree.tsx'
import { moment } from '../../ui/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import parts from '../../ui/parts.module.css'
import styles from './AccountFacts.module.css'

type Text = Pick<Account, 'displayName' | 'note' | 'fields'>

const Says = ({ text, onLink, named }: { text: Text; onLink(href: string): void; named: boolean }) => (
  <>
    {named && (
      <p className={styles.displayName} dir="auto">
        {text.displayName}
      </p>
    )}
    {text.note.nodes.length === 0 ? (
      <p className={parts.quiet}>{say('accounts.no-note')}</p>
    ) : (
      <ContentTree content={text.note} onLink={onLink} />
    )}
    {text.fields.length > 0 && (
      <dl className={styles.fields}>
        {text.fields.map((field, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two fields may have the same name
          <div key={index}>
            <dt dir="auto">{field.name}</dt>
            <dd>
              <ContentTree content={field.value} onLink={onLink} />
            </dd>
          </div>
        ))}
      </dl>
    )}
  </>
)

const textOf = ({ displayName, note, fields }: Text) => JSON.stringify({ displayName, note, fields })

type Shown = {
  account: Account
  /** What was kept of it while it was reported by itself, newest first. */
  profiles: readonly KeptProfile[]
  /** No post was reported: the profile is what is judged, with its pictures. */
  judged: boolean
  /** Its pictures, veiled. */
  pictures?: ReactNode
  /** A report says that something is illegal: nothing of it until asked for. */
  veil: { isOpen: boolean; onToggle(): void } | null
  onLink(href: string): void
}

/** What an account says of itself, and where that was reported, how it stood then. */
export const Profile = ({ account, profiles, judged, pictures, veil, onLink }: Shown) => {
  const hidden = veil !== null && !veil.isOpen
  const earlier = judged ? profiles.filter(profile => textOf(profile) !== textOf(account)) : []
  return (
    <section aria-labelledby="profile-h" className={judged ? styles.judged : styles.part}>
      <div className={parts.partHead}>
        <h2 id="profile-h">{say(judged ? 'accounts.profile-reported' : 'accounts.profile')}</h2>
        {judged && <span className={parts.sum}>{say('accounts.profile-judged')}</span>}
      </div>
      {veil && (
        <Button aria-expanded={veil.isOpen} onClick={veil.onToggle}>
          <Icon name="eye-off" small />
          {say(veil.isOpen ? 'legal.hide-profile' : 'legal.show-profile')}
        </Button>
      )}
      {!hidden && <Says text={account} onLink={onLink} named={judged} />}
      {pictures}
      {!hidden &&
        earlier.map(profile => (
          <details key={profile.firstSeenAt} className={styles.earlier}>
            <summary>{say('accounts.profile-was', { at: moment(profile.seenAt) })}</summary>
            <Says text={profile} onLink={onLink} named />
          </details>
        ))}
    </section>
  )
}
