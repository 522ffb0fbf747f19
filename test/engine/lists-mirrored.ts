import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { DomainBlockRecord } from '../../src/main/sample/rules/model.ts'
import { addAllow, addBlock } from './domains-ground.ts'
import type { Ground } from './ground.ts'
import { addWaiting } from './signups-ground.ts'

/** Lists whose items only come, change and go. */
export const listed = [
  'domain-blocks',
  'domain-allows',
  'signups',
  'email-domain-blocks',
  'ip-blocks',
  'canonical-email-blocks',
] as const
type Noun = (typeof listed)[number]

const sql: Record<Noun, string> = {
  'domain-blocks': `SELECT id, domain, severity, reject_media, reject_reports, obfuscate, private_comment, public_comment FROM domain_block`,
  'domain-allows': 'SELECT id, domain FROM domain_allow',
  'email-domain-blocks': 'SELECT id, domain, allow_with_approval FROM email_domain_block',
  'ip-blocks': 'SELECT id, ip, severity, comment, expires_at FROM ip_block',
  'canonical-email-blocks': 'SELECT id, hash FROM canonical_email_block',
  signups: `SELECT s.id, a.username, s.confirmed, a.email FROM signup s JOIN account a ON a.server = s.server AND a.id = s.id`,
}

const lineOf = (values: readonly unknown[]) =>
  values.map(value => (typeof value === 'boolean' ? Number(value) : value)).join(' ')

/** Rows of a folder's mirror. */
export const readMirror = <Row>(folder: string, text: string): Row[] => {
  const raw = new Database(join(folder, 'mirror.db'), { readonly: true })
  try {
    return raw.prepare<[], Row>(text).all()
  } finally {
    raw.close()
  }
}

/** What a folder's mirror holds of a list, a line an item; sorted. */
export const mirroredRows = (folder: string, noun: Noun): string[] =>
  readMirror<Record<string, unknown>>(folder, sql[noun])
    .map(row => lineOf(Object.values(row)))
    .sort()

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
    'email-domain-blocks': () => world.emailDomainBlocks.all().map(one => [one.id, one.domain, one.allowWithApproval]),
    'ip-blocks': () => world.ipBlocks.all().map(one => [one.id, one.ip, one.severity, one.comment, one.expiresAt]),
    'canonical-email-blocks': () => world.canonicalEmailBlocks.all().map(one => [one.id, one.hash]),
    signups: () =>
      (world.accountsByDomain.get('')?.all() ?? []).flatMap(({ id, username, user }) =>
        user && !user.approved ? [[id, username, user.confirmed, user.email]] : [],
      ),
  }
  return rows[noun]().map(lineOf).sort()
}

/** Whether all of these lists are in the mirror as on the server. */
export const agrees = (ground: Ground, which: readonly Noun[] = listed): boolean =>
  which.every(noun => JSON.stringify(mirroredRows(ground.folder, noun)) === JSON.stringify(servedRows(ground, noun)))

/** Adds to the lists by hand, as a colleague would. */
export const blocksOf = (ground: Ground) => {
  const { world } = ground.server
  const { clock } = ground
  return {
    domain: (domain: string, more: Partial<DomainBlockRecord> = {}) => addBlock(ground, domain, more),
    /** Someone signs up and waits. */
    signup: (username: string) => addWaiting(world, username, { at: clock.now() }),
    allow: (domain: string) => addAllow(ground, domain),
    emailDomain: (domain: string) =>
      world.emailDomainBlocks.add({
        id: world.emailDomainBlocks.serials.next(),
        domain,
        createdAt: clock.now(),
        allowWithApproval: false,
        parentId: null,
        history: [],
      }),
    ip: (ip: string, expiresAt: number | null = null) =>
      world.ipBlocks.add({
        id: world.ipBlocks.serials.next(),
        ip,
        severity: 'sign_up_block',
        comment: '',
        createdAt: clock.now(),
        expiresAt,
      }),
    canonical: (hash: string) =>
      world.canonicalEmailBlocks.add({ id: world.canonicalEmailBlocks.serials.next(), hash, referenceAccountId: null }),
  }
}
