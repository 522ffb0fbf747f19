import type { ReactNode } from 'react'
import { domainText, lettersOf } from '../../../../shared/domain-name.ts'
import { say } from '../../../../shared/messages/say.ts'
import { visibleControls } from '../../../../shared/visible-text.ts'
import { Button } from '../../ui/Button.tsx'
import { KeyOf, useShortcut } from '../../ui/Keys.tsx'
import { LongText } from '../../ui/LongText.tsx'
import parts from '../../ui/parts.module.css'
import { Trouble } from '../../ui/Trouble.tsx'
import styles from './AccountFacts.module.css'
import { hasPersonal, type Masked, type Reveal } from './use-reveal.ts'

const Pair = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    {children}
  </>
)

/** What identifies a person: masked, or whole with nothing unseen in it. A long e-mail breaks before its host. */
const Identifier = ({ masked, whole }: { masked: string; whole: string | null | undefined }) => {
  if (!whole)
    return (
      <dd className={styles.masked}>
        <bdi>{domainText(masked)}</bdi>
      </dd>
    )
  const text = visibleControls(whole)
  const host = Math.max(0, text.lastIndexOf('@'))
  return (
    <dd className={styles.whole}>
      <bdi>
        {text.slice(0, host)}
        <wbr />
        {text.slice(host)}
        {lettersOf(whole)}
      </bdi>
    </dd>
  )
}

/** E-mail, address and invite text: masked, until someone asks for them. */
export const Personal = ({
  account,
  reveal,
  canAsk = false,
}: {
  account: Masked
  reveal: Reveal
  /** None of it is kept here, but its server may be asked. */
  canAsk?: boolean
}) => {
  const { data, failure } = reveal
  const shortcut = useShortcut('reveal')
  if (!hasPersonal(account) && !canAsk) return null
  const known = (name: 'email' | 'address') => account[name] ?? (data?.[name] ? '•••' : null)
  const [email, address] = [known('email'), known('address')]
  const letters = account.inviteLetters ?? (data?.invite ? [...data.invite].length : null)
  return (
    <section aria-labelledby="personal-h" className={styles.part}>
      <div className={parts.partHead}>
        <h2 id="personal-h">{say('accounts.personal')}</h2>
        {(data !== null || !hasPersonal(account)) && (
          <span className={parts.sum}>{say(data ? 'accounts.shown' : 'accounts.not-kept')}</span>
        )}
        <span className={parts.push} />
        <Button look="bare" aria-keyshortcuts={shortcut} onClick={reveal.toggle}>
          {say(data ? 'accounts.mask' : 'accounts.reveal')}
          <KeyOf command="reveal" />
        </Button>
      </div>
      <dl className={parts.pairs}>
        {email !== null && (
          <Pair name={say('accounts.email')}>
            <Identifier masked={email} whole={data?.email} />
          </Pair>
        )}
        {address !== null && (
          <Pair name={say('accounts.address')}>
            <Identifier masked={address} whole={data?.address} />
          </Pair>
        )}
        {letters !== null && (
          <Pair name={say('accounts.invite')}>
            {data?.invite ? (
              <dd className={styles.invite} dir="auto">
                <LongText text={data.invite} />
              </dd>
            ) : (
              <dd className={parts.quiet}>{say('accounts.invite-letters', { count: letters })}</dd>
            )}
          </Pair>
        )}
      </dl>
      <p className={parts.quiet}>
        {say(data ? 'accounts.shown-for' : hasPersonal(account) ? 'accounts.each-logged' : 'accounts.ask-logged')}
      </p>
      {failure && <Trouble failure={failure} />}
    </section>
  )
}
