import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import type { DomainAllowEntity, DomainBlockEntity } from '../mastodon/entities/domain-block.ts'
import { putLeft } from '../sync/left.ts'
import { ordOf } from '../sync/ord.ts'

/** A domain block as the mirror holds it (contract F.4); flags are 0 or 1, times in ms. */
export type StoredDomainBlock = {
  server: ServerKey
  id: string
  domain: string
  /** Null where the server has none (contract E.4). */
  severity: DomainBlockEntity['severity']
  reject_media: number
  reject_reports: number
  obfuscate: number
  private_comment: string | null
  public_comment: string | null
  created_at: number
  seen_at: number
}

/** A domain that a server in limited federation talks to. */
export type StoredDomainAllow = { server: ServerKey; id: string; domain: string; created_at: number; seen_at: number }

/** One domain block, or nothing. */
export const findDomainBlock = (db: ReadDb, server: ServerKey, id: string): StoredDomainBlock | undefined =>
  db.get<StoredDomainBlock>('SELECT * FROM mirror.domain_block WHERE server = ? AND id = ?', [server, id])

/** The block of exactly this domain, in lower-case A-label form, or nothing; the newest where one was lifted and made again. */
export const findDomainBlockOf = (db: ReadDb, server: ServerKey, domain: string): StoredDomainBlock | undefined =>
  db.get<StoredDomainBlock>(
    'SELECT * FROM mirror.domain_block WHERE server = ? AND domain = ? ORDER BY ord DESC LIMIT 1',
    [server, domain],
  )

/** Ids of the domain blocks whose `ord` is within these bounds. */
export const heldDomainBlocks = (db: ReadDb, server: ServerKey, from: string, below: string): string[] =>
  db.column<string>('SELECT id FROM mirror.domain_block WHERE server = ? AND ord >= ? AND ord < ?', [
    server,
    from,
    below,
  ])

/** Stores a domain block as the server told it at `now`. */
export const putDomainBlock = (db: WriteDb, server: ServerKey, block: DomainBlockEntity, now: number): void =>
  void db.run(
    `INSERT INTO mirror.domain_block (server, id, ord, domain, severity, reject_media, reject_reports, obfuscate, private_comment, public_comment, created_at, seen_at)
     VALUES (@server, @id, @ord, @domain, @severity, @reject_media, @reject_reports, @obfuscate, @private_comment, @public_comment, @created_at, @now)
     ON CONFLICT DO UPDATE SET domain = excluded.domain, severity = excluded.severity, reject_media = excluded.reject_media,
       reject_reports = excluded.reject_reports, obfuscate = excluded.obfuscate, private_comment = excluded.private_comment,
       public_comment = excluded.public_comment, created_at = excluded.created_at, seen_at = excluded.seen_at`,
    { server, ord: ordOf(block.id), now, ...blockRowOf(block) },
  )

/** The columns that a domain block fills, as they are stored. */
export const blockRowOf = (block: DomainBlockEntity) => ({
  id: block.id,
  domain: block.domain.toLowerCase(),
  severity: block.severity,
  reject_media: Number(block.reject_media),
  reject_reports: Number(block.reject_reports),
  obfuscate: Number(block.obfuscate),
  private_comment: block.private_comment ?? null,
  public_comment: block.public_comment ?? null,
  created_at: block.created_at,
})

/** Forgets a domain block that is no longer on the server since `at`; false when it was not held. */
export const removeDomainBlock = (db: WriteDb, server: ServerKey, id: string, at: number): boolean => {
  putLeft(db, server, 'domain-block', id, at)
  return db.run('DELETE FROM mirror.domain_block WHERE server = ? AND id = ?', [server, id]) === 1
}

/** One domain allow, or nothing. */
export const findDomainAllow = (db: ReadDb, server: ServerKey, id: string): StoredDomainAllow | undefined =>
  db.get<StoredDomainAllow>('SELECT * FROM mirror.domain_allow WHERE server = ? AND id = ?', [server, id])

/** The allow of exactly this domain, in lower-case A-label form, or nothing. */
export const findDomainAllowOf = (db: ReadDb, server: ServerKey, domain: string): StoredDomainAllow | undefined =>
  db.get<StoredDomainAllow>(
    'SELECT * FROM mirror.domain_allow WHERE server = ? AND domain = ? ORDER BY ord DESC LIMIT 1',
    [server, domain],
  )

/** Ids of the domain allows whose `ord` is within these bounds. */
export const heldDomainAllows = (db: ReadDb, server: ServerKey, from: string, below: string): string[] =>
  db.column<string>('SELECT id FROM mirror.domain_allow WHERE server = ? AND ord >= ? AND ord < ?', [
    server,
    from,
    below,
  ])

/** Stores a domain allow as the server told it at `now`. */
export const putDomainAllow = (db: WriteDb, server: ServerKey, allow: DomainAllowEntity, now: number): void =>
  void db.run(
    `INSERT INTO mirror.domain_allow (server, id, ord, domain, created_at, seen_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET domain = excluded.domain, created_at = excluded.created_at, seen_at = excluded.seen_at`,
    [server, allow.id, ordOf(allow.id), allow.domain.toLowerCase(), allow.created_at, now],
  )

/** The columns that a domain allow fills, as they are stored. */
export const allowRowOf = (allow: DomainAllowEntity) => ({
  id: allow.id,
  domain: allow.domain.toLowerCase(),
  created_at: allow.created_at,
})

/** Forgets a domain allow that is no longer on the server since `at`; false when it was not held. */
export const removeDomainAllow = (db: WriteDb, server: ServerKey, id: string, at: number): boolean => {
  putLeft(db, server, 'domain-allow', id, at)
  return db.run('DELETE FROM mirror.domain_allow WHERE server = ? AND id = ?', [server, id]) === 1
}

/** The nearest block of a parent domain, which covers this one too, or nothing. `parents`: nearest first. */
export const findCovering = (
  db: ReadDb,
  server: ServerKey,
  parents: readonly string[],
): StoredDomainBlock | undefined => {
  for (const parent of parents) {
    const found = findDomainBlockOf(db, server, parent)
    if (found) return found
  }
  return undefined
}
