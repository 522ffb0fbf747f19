import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { LogPerson } from '../../../shared/contract/log.ts'
import { findHandle } from '../accounts/table.ts'
import type { ReadDb } from '../db/handle.ts'
import { MODERATOR_NAMES, propertyToken, searchedFrom } from './search-index.ts'
import { wordsOf } from './search-words.ts'

/**
 * One way in which a person is named here: `@bob@weide.example`, or as a member of the server `home`, in whose entries the handle
 * has no domain. `domain` is then that server's own.
 */
type Name = { user: string; domain: string; home: ServerKey | null }
/** A person: the accounts that our servers know, and the names. */
export type Person = { accounts: readonly { server: ServerKey; id: string }[]; names: readonly Name[] }

const quoted = (token: string) => `"${token}"`
const seqsOf = (db: ReadDb, match: string): number[] =>
  db.column<number>('SELECT rowid FROM log_search WHERE log_search MATCH ? ORDER BY rowid', [match])

const onServer = (token: string, server: ServerKey) => `${quoted(token)} AND ${quoted(propertyToken('s', server))}`
const tokenOf = ({ user, domain, home }: Name): string =>
  home === null ? quoted(propertyToken('t', `${user}@${domain}`)) : onServer(propertyToken('t', user), home)

type Home = { key: ServerKey; domain: string }
const homes = (db: ReadDb): Home[] => db.all<Home>('SELECT key, lower(domain) AS domain FROM server ORDER BY key')

/** The names that a handle may have here: with its domain everywhere, and without where that is a server of ours. */
const namesOf = (db: ReadDb, handle: string, server: ServerKey | undefined): Name[] => {
  const [user = '', domain] = handle.trim().replace(/^@/, '').toLowerCase().split('@')
  const home = homes(db).filter(each => (domain === undefined ? each.key === server : each.domain === domain))
  if (user === '' || (domain === undefined && home.length === 0))
    throw new Failure('invalid-input', { reason: 'erase.whose' })
  const here = home.map((each): Name => ({ user, domain: each.domain, home: each.key }))
  const away = domain ?? home[0]?.domain
  return away === undefined ? here : [...here, { user, domain: away, home: null }]
}

type Standing = { seq: number; name: string; value: string }
const standingIn = (db: ReadDb, seqs: readonly number[]): Standing[] =>
  db.all<Standing>(
    'SELECT seq, name, value FROM log_personal WHERE seq IN (SELECT value FROM json_each(?)) AND value IS NOT NULL ORDER BY seq, name',
    [JSON.stringify(seqs)],
  )

const accountsIn = (db: ReadDb, seqs: readonly number[]): { server: ServerKey; id: string }[] =>
  db.all(
    `SELECT DISTINCT server, json_extract(body, '$.facts.account') AS id FROM log_entry
     WHERE seq IN (SELECT value FROM json_each(?)) AND server IS NOT NULL AND json_extract(body, '$.facts.account') IS NOT NULL`,
    [JSON.stringify(seqs)],
  )

/**
 * Who is meant. Fails with `busy` while the search is still being made, since not all would be found, and with `invalid-input` for a
 * handle that could be anyone's.
 */
export const findPerson = (db: ReadDb, { server, account, handle }: LogPerson): Person => {
  if (searchedFrom(db) > 1) throw new Failure('busy', { reason: 'erase.search-unmade' })
  if (account !== undefined && server !== undefined) {
    const told = standingIn(db, seqsOf(db, onServer(propertyToken('a', account), server)))
    const known = findHandle(db, server, account)
    const handles = new Set([
      ...(known === undefined ? [] : [known]),
      ...told.filter(({ name, value }) => name === 'target' && value.startsWith('@')).map(({ value }) => value),
    ])
    return { accounts: [{ server, id: account }], names: [...handles].flatMap(each => namesOf(db, each, server)) }
  }
  const names = namesOf(db, handle ?? '', server)
  return {
    accounts: accountsIn(
      db,
      names.flatMap(name => seqsOf(db, tokenOf(name))),
    ),
    names,
  }
}

const GOES_ON_BEFORE = /[\p{L}\p{N}_.-]$/u
const GOES_ON_AFTER = /^(?:[\p{L}\p{N}_-]|\.[\p{L}\p{N}])/u

/** Not within a longer name: `@x_bob@weide.example` is someone else, and so is `@bob@weide.example.org`. */
const hasHandle = (text: string, handle: string): boolean => {
  for (let at = text.indexOf(handle); at >= 0; at = text.indexOf(handle, at + 1))
    if (!GOES_ON_BEFORE.test(text.slice(0, at)) && !GOES_ON_AFTER.test(text.slice(at + handle.length))) return true
  return false
}

/** Values in which others mention the person, by user name and domain. */
const mentioned = (db: ReadDb, { user, domain }: Name): Standing[] => {
  const words = [...wordsOf(user), ...wordsOf(domain)].map(quoted).join(' + ')
  if (words === '') return []
  const handle = `${user}@${domain}`
  return standingIn(db, seqsOf(db, words)).filter(({ value }) => hasHandle(value.toLowerCase(), handle))
}

/** Values that name the person as a moderator of their server. */
const asModerator = (db: ReadDb, { user, home }: Name): Standing[] => {
  if (home === null) return []
  const signedIn = seqsOf(db, onServer(propertyToken('x', 'server.signed-in'), home))
  const seen = seqsOf(db, onServer(propertyToken('b', user), home))
  return standingIn(db, [...signedIn, ...seen]).filter(({ value }) => value.toLowerCase() === user)
}

/** The names of personal values that belong to a person, by the number of their entry. */
export const valuesOf = (db: ReadDb, { accounts, names }: Person): Map<number, string[]> => {
  const about = [
    ...accounts.flatMap(({ server, id }) => seqsOf(db, onServer(propertyToken('a', id), server))),
    ...names.flatMap(name => seqsOf(db, tokenOf(name))),
  ]
  const found = [
    // Who decided is someone else, even where the entry is about this person.
    ...standingIn(db, [...new Set(about)]).filter(({ name }) => !MODERATOR_NAMES.includes(name)),
    ...names.flatMap(name => [...mentioned(db, name), ...asModerator(db, name)]),
  ]
  const values = new Map<number, Set<string>>()
  for (const { seq, name } of found) values.set(seq, (values.get(seq) ?? new Set()).add(name))
  return new Map([...values].sort(([a], [b]) => a - b).map(([seq, each]) => [seq, [...each].sort()]))
}

/** The handles of a person, as people write them. */
export const handlesOf = ({ names }: Person): string[] => [
  ...new Set(names.map(({ user, domain }) => `@${user}@${domain}`)),
]
