import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import type { CanonicalEmailBlockEntity, EmailDomainBlockEntity, IpBlockEntity } from '../mastodon/entities/blocks.ts'
import { putLeft } from '../sync/left.ts'
import { ordOf } from '../sync/ord.ts'

/** The columns that an e-mail domain block fills. `history`: seven days of [attempts, addresses], today first, as JSON. */
export const emailDomainRowOf = (block: EmailDomainBlockEntity) => ({
  id: block.id,
  domain: block.domain.toLowerCase(),
  allow_with_approval: Number(block.allow_with_approval),
  history: JSON.stringify(block.history.slice(0, 7).map(({ uses, accounts }) => [uses, accounts])),
  created_at: block.created_at,
})

/** The columns that an IP block fills; `ip` in CIDR form. */
export const ipRowOf = (block: IpBlockEntity) => ({
  id: block.id,
  ip: block.ip,
  severity: block.severity,
  comment: block.comment,
  created_at: block.created_at,
  expires_at: block.expires_at ?? null,
})

/** The columns that a canonical e-mail block fills; `hash`: SHA-256 of the address in its canonical form, in hex. */
export const canonicalRowOf = (block: CanonicalEmailBlockEntity) => ({
  id: block.id,
  hash: block.canonical_email_hash,
})

type Stored<Columns> = Columns & { server: ServerKey; ord: string; seen_at: number }

type Columns = { id: string } & Record<string, string | number | null>
/** What one family's table can do; they are alike. `key`: the column by which people know an item. */
const tableOf = <Row extends Columns>(
  name: string,
  noun: string,
  key: string & keyof Row,
  columns: readonly string[],
) => {
  const all = ['server', 'ord', 'seen_at', ...columns]
  const putSql = `
    INSERT INTO mirror.${name} (${all.join(', ')}) VALUES (${all.map(column => `@${column}`).join(', ')})
    ON CONFLICT DO UPDATE SET ${all.map(column => `${column} = excluded.${column}`).join(', ')}`
  return {
    /** One block, or nothing. */
    find: (db: ReadDb, server: ServerKey, id: string): Stored<Row> | undefined =>
      db.get<Stored<Row>>(`SELECT * FROM mirror.${name} WHERE server = ? AND id = ?`, [server, id]),
    /** The block of exactly this domain, CIDR or hash, or nothing; the newest where one was lifted and made again. */
    findBy: (db: ReadDb, server: ServerKey, value: string): Stored<Row> | undefined =>
      db.get<Stored<Row>>(`SELECT * FROM mirror.${name} WHERE server = ? AND ${key} = ? ORDER BY ord DESC LIMIT 1`, [
        server,
        value,
      ]),
    /** Ids of the blocks whose `ord` is within these bounds. */
    held: (db: ReadDb, server: ServerKey, from: string, below: string): string[] =>
      db.column<string>(`SELECT id FROM mirror.${name} WHERE server = ? AND ord >= ? AND ord < ?`, [
        server,
        from,
        below,
      ]),
    /** Stores a block's columns as the server told them at `now`. */
    put: (db: WriteDb, server: ServerKey, row: Row, now: number): void =>
      void db.run(putSql, { ...row, server, ord: ordOf(row.id), seen_at: now }),
    /** Forgets a block that is no longer on the server since `at`; false when it was not held. */
    remove: (db: WriteDb, server: ServerKey, id: string, at: number): boolean => {
      putLeft(db, server, noun, id, at)
      return db.run(`DELETE FROM mirror.${name} WHERE server = ? AND id = ?`, [server, id]) === 1
    },
  }
}

/** E-mail domain blocks as the mirror holds them. */
export const emailDomainBlockTable = tableOf<ReturnType<typeof emailDomainRowOf>>(
  'email_domain_block',
  'email-domain-block',
  'domain',
  ['id', 'domain', 'allow_with_approval', 'history', 'created_at'],
)
/** IP blocks as the mirror holds them, expired ones too until the server forgets them: see `expires_at`. */
export const ipBlockTable = tableOf<ReturnType<typeof ipRowOf>>('ip_block', 'ip-block', 'ip', [
  'id',
  'ip',
  'severity',
  'comment',
  'created_at',
  'expires_at',
])
/** Canonical e-mail blocks as the mirror holds them. */
export const canonicalEmailBlockTable = tableOf<ReturnType<typeof canonicalRowOf>>(
  'canonical_email_block',
  'canonical-email-block',
  'hash',
  ['id', 'hash'],
)
