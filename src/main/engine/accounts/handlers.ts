import type { accountPage } from '../../../shared/contract/account-page.ts'
import type { accounts, PersonalData } from '../../../shared/contract/accounts.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Handlers, Signal } from '../../../shared/contract/method.ts'
import { askServer } from '../ask-server.ts'
import type { Context } from '../context.ts'
import type { Inverses } from '../decisions/read.ts'
import { findAccountThere } from '../mastodon/endpoints/accounts.ts'
import { storeShown } from '../reports/lost.ts'
import { findServer } from '../servers/table.ts'
import { askAccounts } from './ask.ts'
import { openReportsOf, readPage } from './page.ts'
import { findAccounts, readRows } from './search.ts'
import { keepAccounts } from './store.ts'
import { findHandle, readPersonal } from './table.ts'

/** As many as one batch takes. */
const MOST_REPORTS = 5_000

/** Finds accounts, shows one, and shows what of it is masked elsewhere. */
export const accountsHandlers = (
  context: Context,
  inverses: Inverses,
): Handlers<typeof accounts & typeof accountPage, unknown> => {
  const { gate, clock, log, guard } = context

  /** The account as its server tells it now; kept here but for its personal data. */
  const fetchNow = async (server: ServerKey, account: string, call: Signal) => {
    const entity = await askServer(context, server, call, async (session, signal) => {
      const { item, askedAt } = await findAccountThere(guard, session, account, 'interactive', signal)
      if (item)
        await storeShown({ context, session, cls: 'interactive', signal }, by =>
          keepAccounts(by, server, [item], askedAt),
        )
      return item
    })
    if (!entity) throw new Failure('not-found')
    return entity
  }

  /** The entry of the log commits before anything is answered; it says which fields, not what they hold. */
  const revealed = (server: ServerKey, account: string, personal: PersonalData): PersonalData =>
    gate.write(['log'], db => {
      const handle = findHandle(db, server, account)
      const fields = (['email', 'address', 'invite'] as const).filter(field => personal[field] !== null)
      if (handle === undefined || fields.length === 0)
        throw new Failure('not-found', { reason: 'failure.personal-gone' })
      log(db, {
        source: 'did',
        action: 'account.revealed',
        server,
        facts: { account, fields },
        personal: { target: handle },
      })
      return personal
    })

  return {
    'accounts.reveal': async ({ server, account, ask }, { signal }) => {
      const kept = gate.read(db => readPersonal(db, server, account, clock.now()))
      if (kept) return revealed(server, account, kept)
      if (!ask) throw new Failure('not-found', { reason: 'failure.personal-gone' })
      const { email, ip, invite_request } = await fetchNow(server, account, signal)
      return revealed(server, account, { email, address: ip, invite: invite_request ?? null })
    },
    'accounts.find': asked => gate.read(db => findAccounts(db, asked)),
    'accounts.rows': ({ accounts }) => gate.read(db => ({ rows: readRows(db, accounts) })),
    'accounts.ask': (asked, { signal }) => {
      const home = gate.read(db => findServer(db, asked.server))
      if (!home) throw new Failure('not-found')
      return askAccounts(context, asked, home.domain, signal)
    },
    'accounts.show': ({ server, id }) => gate.read(db => readPage(db, server, id, clock.now(), inverses)),
    'accounts.refresh': async ({ server, id }, { signal }) => {
      await fetchNow(server, id, signal)
      return {}
    },
    'accounts.openReports': ({ server, id }) => gate.read(db => ({ ids: openReportsOf(db, server, id, MOST_REPORTS) })),
  }
}
