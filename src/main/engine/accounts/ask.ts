import type { AccountFilter } from '../../../shared/contract/accounts.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { Signal } from '../../../shared/contract/method.ts'
import { askServer } from '../ask-server.ts'
import type { Context } from '../context.ts'
import { listAccounts } from '../mastodon/endpoints/accounts.ts'
import type { AdminAccountEntity } from '../mastodon/entities/account.ts'
import { storeShown } from '../reports/lost.ts'
import { keepAccounts } from './store.ts'

/** At most so many accounts come back at once. */
const PAGE = 40

type By = 'u' | 'd'

/** What a server is told to filter by (contract E.1): its `active` holds all that are not suspended. */
const states = {
  clear: 'active',
  pending: 'pending',
  limited: 'silenced',
  suspended: 'suspended',
  frozen: 'disabled',
  sensitive: 'sensitized',
} as const

/** What was typed: a user name, whose server may stand behind it, or a name that people see. */
const readText = (text: string): { username: string | null; host: string | null; display: string } => {
  const typed = text.trim()
  const [, username, host] = /^@?([a-z0-9_][a-z0-9_.-]*)(?:@([^@\s/]+))?$/i.exec(typed) ?? []
  return { username: username ?? null, host: host?.toLowerCase() ?? null, display: typed.replace(/^@/, '') }
}

/** The parameters of one page, by user name or by display name. */
const paramsOf = (filter: AccountFilter, by: By, home: string): Record<string, string> => {
  const { username, host, display } = readText(filter.text)
  const domain = host === null || host === home ? filter.domain : host
  const local = filter.origin === 'local' || host === home
  return {
    ...(by === 'u' && username !== null ? { username } : {}),
    ...(by === 'd' ? { display_name: display } : {}),
    ...(domain === null ? (local ? { origin: 'local' } : filter.origin === null ? {} : { origin: filter.origin }) : {}),
    // With `origin=local` the domain would win, and accounts of other servers come back.
    ...(domain === null ? {} : { origin: 'remote', by_domain: domain }),
    ...(filter.state === null ? {} : { status: states[filter.state] }),
    ...(filter.staff ? { permissions: 'staff' } : {}),
    ...(filter.email.trim() === '' ? {} : { email: filter.email.trim() }),
    ...(filter.address.trim() === '' ? {} : { ip: filter.address.trim() }),
  }
}

/** Whether an account that the server named is what the filter means, where the server's filter is wider. */
const fits = ({ state }: AccountFilter, account: AdminAccountEntity): boolean =>
  state !== 'clear' || !(account.suspended || account.silenced || account.sensitized || account.disabled === true)

/** `u` or `d`, and the id below which the next page begins. */
const readNext = (next: string | null, first: By): { by: By; below: string | undefined } => {
  if (next === null) return { by: first, below: undefined }
  const below = next.slice(1)
  return { by: next.startsWith('d') ? 'd' : 'u', below: below === '' ? undefined : below }
}

type Asked = AccountFilter & { server: string; next: string | null }

/** Asks the server for one page, keeps the accounts that it named, and answers their ids. */
export const askAccounts = async (
  context: Context,
  asked: Asked,
  home: string,
  call: Signal,
): Promise<{ ids: string[]; next: string | null }> => {
  if (asked.mailDomain.trim() !== '') throw new Failure('not-allowed', { reason: 'failure.ask-mail-domain' })
  const hasText = asked.text.trim() !== ''
  const { username, host } = readText(asked.text)
  const { by, below } = readNext(asked.next, username !== null || !hasText ? 'u' : 'd')
  const askedAt = context.clock.now()
  const page = await askServer(context, asked.server, call, async (session, signal) => {
    const found = await listAccounts(context.guard, session, paramsOf(asked, by, home), {
      limit: PAGE,
      cls: 'interactive',
      signal,
      ...(below === undefined ? {} : { max: below }),
    })
    await storeShown({ context, session, cls: 'interactive', signal }, to =>
      keepAccounts(to, asked.server, found.items, askedAt),
    )
    return found
  })
  const ids = page.items.filter(account => fits(asked, account)).map(({ id }) => id)
  const last = page.ids.at(-1)
  if (page.full && last !== undefined) return { ids, next: `${by}${last}` }
  // Then among the names that people see; a handle with its server is none.
  return { ids, next: by === 'u' && hasText && host === null ? 'd' : null }
}
