import { join } from 'node:path'
import Database from 'better-sqlite3'
import { roleOf } from '../../src/main/sample/rules/roles.ts'
import type { Ground } from './ground.ts'
import { listed, mirroredRows, servedRows } from './lists-mirrored.ts'
import { mirrored, served } from './sync-ground.ts'

const line = (values: readonly unknown[]) =>
  values.map(value => String(typeof value === 'boolean' ? Number(value) : value)).join(' | ')

/** Rows of both files of a folder. */
const readBoth = (folder: string, text: string): Record<string, unknown>[] => {
  const raw = new Database(join(folder, 'vault.db'), { readonly: true })
  try {
    raw.prepare('ATTACH ? AS mirror').run(join(folder, 'mirror.db'))
    return raw.prepare<[], Record<string, unknown>>(text).all()
  } finally {
    raw.close()
  }
}

/** Everything else that is synced: what the mirror says of it, and what the server would. */
const others: Record<string, { sql: string; there(ground: Ground): unknown[][] }> = {
  // Of those whom a report is about; a suspended one's profile comes blank, and what was known of it stays.
  accounts: {
    sql: `SELECT DISTINCT a.id, a.username, a.domain, iif(a.suspended, '', a.display_name) AS name, a.suspended, a.limited, a.sensitive,
      coalesce(a.frozen, 0), a.role_name FROM mirror.account a JOIN mirror.report r ON r.server = a.server AND r.target_id = a.id`,
    there: ({ server: { world } }) =>
      [...new Set(world.reports.all().map(report => report.targetAccountId))].flatMap(id => {
        const one = world.account(id)
        if (!one) return []
        const role = roleOf(world, one)?.name ?? ''
        return [
          [
            one.id,
            one.username,
            one.domain,
            one.suspendedAt === null ? one.profile.displayName : '',
            one.suspendedAt !== null,
            one.silencedAt !== null,
            one.sensitizedAt !== null,
            one.user?.disabled ?? false,
            role,
          ],
        ]
      }),
  },
  // The newest copy of each post that a report shows: in the vault while one of its reports is open, else in the mirror.
  posts: {
    sql: `WITH shown AS (
        SELECT DISTINCT r.server, p.value AS id FROM mirror.report r, json_each(r.posts) p
      ), copy AS (
        SELECT server, post_id AS id, post, seen_at, first_seen_at FROM evidence
        UNION ALL SELECT server, id, post, seen_at, seen_at FROM mirror.post
      ), newest AS (
        SELECT server, id, post, row_number() OVER (PARTITION BY server, id ORDER BY seen_at DESC, first_seen_at DESC) AS n FROM copy
      )
      SELECT s.id, n.post ->> 'warning', n.post ->> 'editedAt' FROM shown s LEFT JOIN newest n ON n.server = s.server AND n.id = s.id AND n.n = 1`,
    there: ({ server: { world } }) =>
      [...new Set(world.reports.all().flatMap(report => report.statusIds))].flatMap(id => {
        const post = world.statuses.get(id)
        return post ? [[post.id, post.spoilerText, post.editedAt]] : []
      }),
  },
  'posts of reports': {
    sql: `SELECT r.id, (SELECT group_concat(value) FROM (SELECT value FROM json_each(r.posts) ORDER BY value)) FROM mirror.report r`,
    there: ({ server: { world } }) =>
      world.reports.all().map(({ id, statusIds }) => [
        id,
        [...statusIds]
          .filter(post => world.statuses.get(post))
          .sort()
          .join(',') || null,
      ]),
  },
  'reports, further': {
    sql: `SELECT id, category, resolved_at, rules, target_id, target_domain, reporter_id, created_at, updated_at, assigned_to, resolved_by
      FROM mirror.report`,
    there: ({ server: { world } }) =>
      world.reports
        .all()
        .map(one => [
          one.id,
          one.category,
          one.actionTakenAt,
          JSON.stringify(one.ruleIds ?? []),
          one.targetAccountId,
          world.account(one.targetAccountId)?.domain ?? null,
          world.account(one.accountId) ? one.accountId : '',
          one.createdAt,
          one.updatedAt,
          one.assignedAccountId === null ? null : world.account(one.assignedAccountId)?.username,
          one.actionTakenByAccountId === null ? null : world.account(one.actionTakenByAccountId)?.username,
        ]),
  },
  rules: {
    sql: `SELECT f.id, f.place, r.text, f.hint FROM mirror.rule_in_force f JOIN mirror.rule r ON r.server = f.server AND r.id = f.id`,
    there: ({ server: { world } }) =>
      world.rules
        .all()
        .filter(rule => rule.deletedAt === null)
        .sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0))
        .map(({ id, text, hint }, place) => [id, place, text, hint]),
  },
  instance: {
    sql: `SELECT s.title, i.limited_federation, i.registrations, i.approval_required, i.reason_required, i.peers
      FROM server s JOIN mirror.instance i ON i.server = s.key`,
    there: ({ server: { world } }) => {
      const { title, limitedFederation, registrations, peersEnabled } = world.instance
      const { enabled, approvalRequired, reasonRequired } = registrations
      const peers = peersEnabled && !limitedFederation ? 'shown' : 'hidden'
      return [[title, limitedFederation, enabled, approvalRequired, reasonRequired, peers]]
    },
  },
  role: {
    sql: 'SELECT role_name FROM server',
    there: ({ server: { world } }) => {
      const own = world.accountsByHandle.get('admin')
      return [[own ? roleOf(world, own)?.name : null]]
    },
  },
  peers: {
    sql: 'SELECT domain FROM mirror.peer',
    there: ({ server: { world } }) => {
      if (world.instance.limitedFederation || !world.instance.peersEnabled) return []
      const blocked = new Set(world.domainBlocks.all().map(({ domain }) => domain))
      return [...world.accountsByDomain.keys()]
        .filter(domain => domain !== '' && (world.accountsByDomain.get(domain)?.size ?? 0) > 0 && !blocked.has(domain))
        .map(domain => [domain])
    },
  },
}

const differing = (what: string, here: readonly string[], there: readonly string[]): string[] => {
  const [mine, theirs] = [new Set(here), new Set(there)]
  const count = here.length === mine.size ? [] : [`${what}: an item stands here twice`]
  return [
    ...count,
    ...there.filter(one => !mine.has(one)).map(one => `${what}: missing ${one}`),
    ...here.filter(one => !theirs.has(one)).map(one => `${what}: not on the server ${one}`),
  ]
}

/** What differs between the mirror and the server, item by item of every list that is synced; nothing when they are the same. */
export const differences = (ground: Ground): string[] => [
  ...differing('reports', mirrored(ground.folder), served(ground)),
  ...listed.flatMap(noun => differing(noun, mirroredRows(ground.folder, noun), servedRows(ground, noun))),
  ...Object.entries(others).flatMap(([what, { sql, there }]) =>
    differing(
      what,
      readBoth(ground.folder, sql).map(row => line(Object.values(row))),
      there(ground).map(line),
    ),
  ),
]
