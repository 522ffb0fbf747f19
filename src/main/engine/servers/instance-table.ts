import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'

/** What a server says of itself. Flags are 0 or 1, null where its release does not say; times in ms, null: never yet. */
export type StoredInstance = {
  /** Only allowed domains are talked to (since 4.4). */
  limited_federation: number | null
  registrations: number | null
  approval_required: number | null
  reason_required: number | null
  /** When it was last read, when the role was, and the peers. */
  read_at: number | null
  role_at: number | null
  peers_at: number | null
  /** Whether it shows whom it talks to. */
  peers: 'shown' | 'hidden' | null
}
const nothing: StoredInstance = {
  limited_federation: null,
  registrations: null,
  approval_required: null,
  reason_required: null,
  read_at: null,
  role_at: null,
  peers_at: null,
  peers: null,
}

/** What is known of a server. */
export const readInstance = (db: ReadDb, server: ServerKey): StoredInstance =>
  db.get<StoredInstance>('SELECT * FROM mirror.instance WHERE server = ?', [server]) ?? nothing

/** Whether a server talks to allowed domains alone; null where its release does not say, or it was not asked yet. */
export const federatesLimited = (db: ReadDb, server: ServerKey): boolean | null => {
  const { limited_federation } = readInstance(db, server)
  return limited_federation === null ? null : limited_federation === 1
}

const columns = Object.keys(nothing)
/** Stores what was learned; the rest stays. */
export const putInstance = (db: WriteDb, server: ServerKey, learned: Partial<StoredInstance>): void => {
  const row = Object.entries({ ...readInstance(db, server), ...learned }).filter(([name]) => columns.includes(name))
  db.run(
    `INSERT INTO mirror.instance (server, ${columns.join(', ')}) VALUES (@server, ${columns.map(name => `@${name}`).join(', ')})
     ON CONFLICT DO UPDATE SET ${columns.map(name => `${name} = excluded.${name}`).join(', ')}`,
    { server, ...Object.fromEntries(row) },
  )
}

/** Labels from the last to the first, so that all below a domain stands together. */
const reversedOf = (domain: string): string => `${domain.split('.').reverse().join('.')}.`

/** Stores the domains that a server knows, in place of those before; answers how many there are. */
export const putPeers = (db: WriteDb, server: ServerKey, domains: readonly string[]): number => {
  const list = JSON.stringify(domains)
  db.run('DELETE FROM mirror.peer WHERE server = ? AND domain NOT IN (SELECT value FROM json_each(?))', [server, list])
  const reversed = JSON.stringify(domains.map(domain => [domain, reversedOf(domain)]))
  db.run(
    `INSERT INTO mirror.peer (server, domain, reversed)
     SELECT ?, value ->> 0, value ->> 1 FROM json_each(?) WHERE true ON CONFLICT DO NOTHING`,
    [server, reversed],
  )
  return countPeers(db, server)
}

/** How many domains a server knows, but for the blocked ones. */
export const countPeers = (db: ReadDb, server: ServerKey): number =>
  db.get<{ n: number }>('SELECT count(*) AS n FROM mirror.peer WHERE server = ?', [server])?.n ?? 0

/** Whether a server knows a domain or one below it, by its own list. */
export const hasPeerWithin = (db: ReadDb, server: ServerKey, domain: string): boolean =>
  db.get('SELECT 1 FROM mirror.peer WHERE server = ? AND reversed >= ? AND reversed < ? LIMIT 1', [
    server,
    reversedOf(domain),
    `${reversedOf(domain)}\u{10ffff}`,
  ]) !== undefined

/** Whether a server knows a domain, in lower-case A-label form, by its own list. */
export const isPeer = (db: ReadDb, server: ServerKey, domain: string): boolean =>
  db.get('SELECT 1 FROM mirror.peer WHERE server = ? AND domain = ?', [server, domain]) !== undefined
