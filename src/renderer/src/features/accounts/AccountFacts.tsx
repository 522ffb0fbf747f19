import type { Account } from '../../../../shared/contract/accounts.ts'
import { say } from '../../../../shared/messages/say.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { date, list, number, span } from '../../ui/format.ts'
import parts from '../../ui/parts.module.css'
import { useNow } from '../../ui/use-now.ts'
import styles from './AccountFacts.module.css'
import { Personal } from './Personal.tsx'
import type { Reveal } from './use-reveal.ts'

const flagsInForce = ({ flags, domain }: Account) => {
  const inForce = [
    flags.suspended && say('flag.suspended'),
    flags.limited && say('flag.limited'),
    flags.sensitive && say('flag.sensitive'),
    flags.frozen === true && say('flag.frozen'),
  ].filter(each => each !== false)
  if (inForce.length > 0) return list(inForce)
  return say(domain === null ? 'flag.none' : 'flag.none-here')
}

const lastPost = ({ lastPostOn, posts }: Account) => {
  if (lastPostOn !== null) return date(new Date(`${lastPostOn}T12:00:00`).getTime())
  return say(posts > 0 ? 'accounts.not-known' : 'accounts.never')
}

const Facts = ({ account }: { account: Account }) => {
  const now = useNow(60_000)
  return (
    <dl className={parts.pairs}>
      <dt>{say('accounts.now')}</dt>
      <dd className={Object.values(account.flags).some(Boolean) ? parts.strong : undefined}>{flagsInForce(account)}</dd>
      {account.role !== '' && (
        <>
          <dt>{say('accounts.role')}</dt>
          <dd className={account.isStaff ? parts.strong : undefined}>
            <bdi>{account.role}</bdi>
          </dd>
        </>
      )}
      <dt>{say('accounts.joined')}</dt>
      <dd>
        {account.joinedAt === null
          ? say('accounts.not-known')
          : say('accounts.joined-on', { on: date(account.joinedAt), age: span(now - account.joinedAt) })}
      </dd>
      <dt>{say('accounts.followers')}</dt>
      <dd>{number(account.followers)}</dd>
      <dt>{say('accounts.following')}</dt>
      <dd>{number(account.following)}</dd>
      <dt>{say('accounts.posts')}</dt>
      <dd>{number(account.posts)}</dd>
      <dt>{say('accounts.last-post')}</dt>
      <dd>{lastPost(account)}</dd>
      {account.bot && (
        <>
          <dt>{say('accounts.kind')}</dt>
          <dd>{say('accounts.bot')}</dd>
        </>
      )}
    </dl>
  )
}

type Shown = {
  account: Account
  reveal: Reveal
  /** Its personal data is not kept here, but its server may be asked. */
  canAsk?: boolean
  /** The address of its page, where this is not its page. */
  page?: string
  /** Marks it as close to oneself, or no longer. */
  onClose(): void
}

/** Who it is about: what is in force, since when it is here. */
export const AccountFacts = ({ account, reveal, canAsk, page, onClose }: Shown) => (
  <>
    <section aria-labelledby="account-h" className={styles.part}>
      <div className={cx(parts.partHead, styles.head)}>
        <h2 id="account-h">{say('accounts.title')}</h2>
        <span className={parts.push} />
        <Button look="bare" aria-pressed={account.close} title={say('interest.mark-says')} onClick={onClose}>
          {say(account.close ? 'interest.is-close' : 'interest.mark')}
        </Button>
        {page !== undefined && (
          <a className={buttonClass('bare')} href={page}>
            {say('accounts.its-page')}
          </a>
        )}
      </div>
      <Facts account={account} />
    </section>
    <Personal account={account} reveal={reveal} canAsk={canAsk ?? false} />
  </>
)
