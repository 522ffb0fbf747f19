import { Failure } from '../../../shared/contract/failure.ts'
import type { interests } from '../../../shared/contract/interests.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import { findHandle } from '../accounts/table.ts'
import type { Context } from '../context.ts'
import { putClose } from './table.ts'

/** Answers `interests.*`. Each change is logged: who is close to whom explains why a case was left to someone else. */
export const interestsHandlers = ({ gate, clock, log }: Context): Handlers<typeof interests, unknown> => ({
  'interests.mark': ({ server, account, close }) =>
    gate.write([], (db, touch) => {
      const handle = findHandle(db, server, account)
      if (handle === undefined) throw new Failure('not-found')
      if (!putClose(db, server, account, close, clock.now())) return { close }
      log(db, {
        source: 'did',
        action: close ? 'account.marked-close' : 'account.unmarked-close',
        server,
        facts: { account },
        personal: { target: handle },
      })
      for (const topic of ['accounts', 'decisions', 'log'] as const) touch(topic)
      return { close }
    }),
})
