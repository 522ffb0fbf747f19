import type { accounts } from '../../../shared/contract/accounts.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { Context } from '../context.ts'
import { findHandle, readPersonal } from './table.ts'

/** Shows what is masked elsewhere. The entry of the log commits before anything is answered; it says which fields, not what they hold. */
export const accountsHandlers = ({ gate, clock, log }: Context): Handlers<typeof accounts, unknown> => ({
  'accounts.reveal': ({ server, account }) =>
    gate.write(['log'], db => {
      const personal = readPersonal(db, server, account, clock.now())
      const handle = findHandle(db, server, account)
      if (!personal || handle === undefined) throw new Failure('not-found', { reason: 'failure.personal-gone' })
      const fields = (['email', 'address', 'invite'] as const).filter(field => personal[field] !== null)
      log(db, {
        source: 'did',
        action: 'account.revealed',
        server,
        facts: { account, fields },
        personal: { target: handle },
      })
      return personal
    }),
})
