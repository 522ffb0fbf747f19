import { Failure } from '../../../shared/contract/failure.ts'
import type { finder } from '../../../shared/contract/finder.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import { keepAccounts } from '../accounts/store.ts'
import { askServer } from '../ask-server.ts'
import type { Context } from '../context.ts'
import { findAccountsThere, findAccountThere } from '../mastodon/endpoints/accounts.ts'
import { storeShown } from '../reports/lost.ts'
import { readAlone } from '../reports/read-alone.ts'
import { listServers } from '../servers/table.ts'
import { askFor, findThere } from './table.ts'
import { understand } from './understand.ts'

/** Finds what was typed or pasted, here and on servers. */
export const finderHandlers = (context: Context): Handlers<typeof finder, unknown> => {
  const { gate, guard } = context
  return {
    'finder.find': ({ text }) => {
      const meant = understand(text)
      return gate.read(db => {
        const homes = listServers(db)
        return {
          ...findThere(db, homes, meant, homes),
          as: meant.as,
          askable: homes.filter(home => home.signedIn && askFor(meant, home, homes)).map(({ key }) => key),
        }
      })
    },
    'finder.ask': async ({ text, server }, { signal }) => {
      const meant = understand(text)
      const homes = gate.read(listServers)
      const home = homes.find(({ key }) => key === server)
      const wanted = home && askFor(meant, home, homes)
      if (!wanted) throw new Failure('not-found')
      if ('report' in wanted) {
        await askServer(context, server, signal, (session, until) =>
          readAlone(context, session, [wanted.report], 'interactive', until),
        )
        return gate.read(db => findThere(db, [home], meant, homes))
      }
      await askServer(context, server, signal, async (session, until) => {
        const find = async () => {
          if (!('id' in wanted)) return await findAccountsThere(guard, session, wanted, until)
          const { item: account, askedAt } = await findAccountThere(guard, session, wanted.id, 'interactive', until)
          return { item: account ? [account] : [], askedAt }
        }
        const { item: accounts, askedAt } = await find()
        await storeShown({ context, session, cls: 'interactive', signal: until }, by =>
          keepAccounts(by, server, accounts, askedAt),
        )
      })
      return gate.read(db => findThere(db, [home], meant, homes))
    },
  }
}
