import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Ground } from './ground.ts'

type Noun = 'domain-blocks' | 'domain-allows' | 'signups'

const sql: Record<Noun, string> = {
  'domain-blocks': `SELECT id, domain, severity, reject_media, reject_reports, obfuscate, private_comment, public_comment FROM domain_block`,
  'domain-allows': 'SELECT id, domain FROM domain_allow',
  signups: `SELECT s.id, a.username, s.confirmed, a.email FROM signup s JOIN account a ON a.server = s.server AND a.id = s.id`,
}

const lineOf = (values: readonly unknown[]) =>
  values.map(value => (typeof value === 'boolean' ? Number(value) : value)).join(' ')

/** What a folder's mirror holds of a list, a line an item; sorted. */
export const mirroredRows = (folder: string, noun: Noun): string[] => {
  const raw = new Database(join(folder, 'mirror.db'), { readonly: true })
  try {
    return raw.prepare<[], unknown[]>(sql[noun]).raw().all().map(lineOf).sort()
  } finally {
    raw.close()
  }
}

/** The same of the server's own records. */
export const servedRows = ({ server: { world } }: Ground, noun: Noun): string[] => {
  const rows: Record<Noun, () => unknown[][]> = {
    'domain-blocks': () =>
      world.domainBlocks
        .all()
        .map(one => [
          one.id,
          one.domain,
          one.severity,
          one.rejectMedia,
          one.rejectReports,
          one.obfuscate,
          one.privateComment,
          one.publicComment,
        ]),
    'domain-allows': () => world.domainAllows.all().map(one => [one.id, one.domain]),
    signups: () =>
      (world.accountsByDomain.get('')?.all() ?? []).flatMap(({ id, username, user }) =>
        user && !user.approved ? [[id, username, user.confirmed, user.email]] : [],
      ),
  }
  return rows[noun]().map(lineOf).sort()
}
