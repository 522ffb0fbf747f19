import type { DomainMeasure } from '../../../shared/contract/domains.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'

type Row = Omit<DomainMeasure, 'mediaBytes' | 'at'> & { media_bytes: number | null; measured_at: number }

/** The server's numbers of a domain as they were last asked for, or nothing. */
export const findMeasure = (db: ReadDb, server: ServerKey, domain: string): DomainMeasure | undefined => {
  const row = db.get<Row>(
    `SELECT accounts, follows, followers, reports, statuses, media_bytes, measured_at FROM mirror.domain_measure
     WHERE server = ? AND domain = ?`,
    [server, domain],
  )
  if (!row) return undefined
  const { media_bytes, measured_at, ...counts } = row
  return { ...counts, mediaBytes: media_bytes, at: measured_at }
}

/** Stores the server's numbers of a domain. */
export const putMeasure = (db: WriteDb, server: ServerKey, domain: string, measure: DomainMeasure): void =>
  void db.run(
    `INSERT INTO mirror.domain_measure (server, domain, accounts, follows, followers, reports, statuses, media_bytes, measured_at)
     VALUES (@server, @domain, @accounts, @follows, @followers, @reports, @statuses, @mediaBytes, @at)
     ON CONFLICT DO UPDATE SET accounts = excluded.accounts, follows = excluded.follows, followers = excluded.followers,
       reports = excluded.reports, statuses = excluded.statuses, media_bytes = excluded.media_bytes, measured_at = excluded.measured_at`,
    { server, domain, ...measure },
  )
