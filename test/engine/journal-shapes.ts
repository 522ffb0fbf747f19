import { createHash } from 'node:crypto'
import type { AccountRecord, ReportRecord } from '../../src/main/sample/rules/model.ts'
import type { World } from '../../src/main/sample/rules/world.ts'
import type { DecisionKind, Fields, SubjectNoun } from '../../src/shared/contract/decisions.ts'
import { NOON } from './ground.ts'

/** What each kind writes: the path, and how the server's record shows it. */
export type Acted = { path: RegExp; report: ReportRecord; account: AccountRecord }
/** One kind on the bench: where it is armed, what it writes, and what the server's record shows. */
type Shape = {
  /** After the id of what is acted on, or whole where no id stands in it. */
  path: RegExp
  method?: 'PUT' | 'DELETE'
  /** What it is armed on; a report unless said. */
  of?: SubjectNoun
  /** What it is armed on, where that is neither report nor account. */
  id?: string
  fields?: Fields
  /** Nothing proves that it did not happen: then a person is asked. */
  neverNot?: true
  /** Brings the record to where the kind can be armed; done before the first sync. */
  ready?(report: ReportRecord, account: AccountRecord, me: string, world: World): void
  happened(report: ReportRecord, account: AccountRecord, me: string, world: World): boolean
  /** Needs a member of the server, or someone of another one. */
  local?: boolean
}

const blocks = '/api/v1/admin/domain_blocks'
const allows = '/api/v1/admin/domain_allows'
/** Ids that the domains of the bench get. */
const ids = { changed: '9001', lifted: '9002', disallowed: '9003' }
const addBlock = (world: World, id: string, domain: string) =>
  void world.domainBlocks.add({
    id,
    domain,
    severity: 'silence',
    createdAt: NOON - 1,
    rejectMedia: false,
    rejectReports: false,
    obfuscate: false,
    privateComment: null,
    publicComment: null,
  })

const emailDomains = '/api/v1/admin/email_domain_blocks'
const addresses = '/api/v1/admin/ip_blocks'
const emails = '/api/v1/admin/canonical_email_blocks'
const hashOf = (name: string) => createHash('sha256').update(`${name}@post.example`).digest('hex')
const addEmailDomain = (world: World, id: string, domain: string) =>
  void world.emailDomainBlocks.add({
    id,
    domain,
    createdAt: NOON - 1,
    allowWithApproval: false,
    parentId: null,
    history: [],
  })
const addAddress = (world: World, id: string, ip: string) =>
  void world.ipBlocks.add({ id, ip, severity: 'sign_up_block', comment: '', createdAt: NOON - 1, expiresAt: null })
const addTag = (world: World, id: string) => {
  world.tags.add({
    id,
    name: `wave${id}`,
    displayName: null,
    usable: null,
    listable: null,
    trendable: null,
    reviewedAt: null,
    requestedReviewAt: NOON - 1,
    history: [],
  })
  Object.assign(world.trends, { tags: [...world.trends.tags, id] })
}

/** Every kind's shape: a new kind cannot miss here. */
export const shapes: Record<DecisionKind, Shape> = {
  'report.close': { path: /\/resolve$/, happened: report => report.actionTakenAt !== null },
  'report.reopen': {
    path: /\/reopen$/,
    ready: (report, _account, me) =>
      void Object.assign(report, { actionTakenAt: NOON - 1, actionTakenByAccountId: me }),
    happened: report => report.actionTakenAt === null,
  },
  'report.assign': { path: /\/assign_to_self$/, happened: (report, _account, me) => report.assignedAccountId === me },
  'report.unassign': {
    path: /\/unassign$/,
    ready: (report, _account, me) => {
      report.assignedAccountId = me
    },
    happened: report => report.assignedAccountId === null,
  },
  'report.categorise': {
    path: /$/,
    method: 'PUT',
    fields: { category: 'spam', rules: [] },
    ready: report => void Object.assign(report, { category: 'other', ruleIds: null }),
    happened: report => report.category === 'spam',
  },
  'report.forward': {
    path: /^\/api\/v1\/reports$/,
    local: false,
    ready: report => void Object.assign(report, { forwarded: false }),
    happened: (_report, account, me, world) =>
      world.reportsByTarget.get(account.id)?.some(one => one.accountId === me && one.forwarded === true) ?? false,
  },
  'account.warn': { path: /\/action$/, happened: report => report.actionTakenAt !== null, local: true },
  'account.sensitive': { path: /\/action$/, happened: (_report, account) => account.sensitizedAt !== null },
  'account.limit': { path: /\/action$/, happened: (_report, account) => account.silencedAt !== null },
  'account.freeze': { path: /\/action$/, happened: (_report, account) => account.user?.disabled === true, local: true },
  'account.suspend': { path: /\/action$/, happened: (_report, account) => account.suspendedAt !== null },
  'account.unsensitive': {
    path: /\/unsensitive$/,
    ready: (_report, account) => {
      account.sensitizedAt = NOON - 1
    },
    happened: (_report, account) => account.sensitizedAt === null,
  },
  'account.unlimit': {
    path: /\/unsilence$/,
    ready: (_report, account) => {
      account.silencedAt = NOON - 1
    },
    happened: (_report, account) => account.silencedAt === null,
  },
  'account.unfreeze': {
    path: /\/enable$/,
    ready: (_report, account) => {
      if (account.user) account.user.disabled = true
    },
    happened: (_report, account) => account.user?.disabled === false,
    local: true,
  },
  'account.unsuspend': {
    path: /\/unsuspend$/,
    ready: (_report, account) =>
      void Object.assign(account, { suspendedAt: NOON - 1, suspensionOrigin: 'local' as const }),
    happened: (_report, account) => account.suspendedAt === null,
  },
  'account.delete': {
    path: /$/,
    method: 'DELETE',
    of: 'account',
    neverNot: true,
    ready: (_report, account, _me, world) => {
      Object.assign(account, { suspendedAt: NOON - 1, suspensionOrigin: 'local' as const })
      world.deletions.set(account.id, { accountId: account.id, createdAt: NOON - 1 })
    },
    happened: (_report, account) => account.purged,
  },
  'signup.approve': {
    path: /\/approve$/,
    of: 'signup',
    happened: (_report, account) => account.user?.approved === true,
  },
  'signup.reject': {
    path: /\/reject$/,
    of: 'signup',
    happened: (_report, account, _me, world) => world.account(account.id) === undefined,
  },
  'domain.block': {
    path: new RegExp(`^${blocks}$`),
    of: 'domain',
    id: 'block.example',
    fields: { severity: 'silence', rejectMedia: true, privateComment: 'See the thread of Monday' },
    happened: (_report, _account, _me, world) => world.domainBlocks.find('block.example')?.severity === 'silence',
  },
  'domain.change': {
    path: new RegExp(`^${blocks}/${ids.changed}$`),
    method: 'PUT',
    of: 'domain',
    id: 'change.example',
    fields: { severity: 'noop', publicComment: 'Better now' },
    ready: (_report, _account, _me, world) => addBlock(world, ids.changed, 'change.example'),
    happened: (_report, _account, _me, world) => world.domainBlocks.find('change.example')?.severity === 'noop',
  },
  'domain.lift': {
    path: new RegExp(`^${blocks}/${ids.lifted}$`),
    method: 'DELETE',
    of: 'domain',
    id: 'lift.example',
    ready: (_report, _account, _me, world) => addBlock(world, ids.lifted, 'lift.example'),
    happened: (_report, _account, _me, world) => world.domainBlocks.find('lift.example') === undefined,
  },
  'domain.allow': {
    path: new RegExp(`^${allows}$`),
    of: 'domain',
    id: 'allow.example',
    happened: (_report, _account, _me, world) => world.domainAllows.find('allow.example') !== undefined,
  },
  'domain.disallow': {
    path: new RegExp(`^${allows}/${ids.disallowed}$`),
    method: 'DELETE',
    of: 'domain',
    id: 'disallow.example',
    ready: (_report, _account, _me, world) =>
      void world.domainAllows.add({ id: ids.disallowed, domain: 'disallow.example', createdAt: NOON - 1 }),
    happened: (_report, _account, _me, world) => world.domainAllows.find('disallow.example') === undefined,
  },
  'email-domain.block': {
    path: new RegExp(`^${emailDomains}$`),
    of: 'email-domain',
    id: 'wave.example',
    fields: { allowWithApproval: true },
    happened: (_report, _account, _me, world) => world.emailDomainBlocks.find('wave.example') !== undefined,
  },
  'email-domain.lift': {
    path: new RegExp(`^${emailDomains}/${ids.lifted}$`),
    method: 'DELETE',
    of: 'email-domain',
    id: 'lifted-mail.example',
    ready: (_report, _account, _me, world) => addEmailDomain(world, ids.lifted, 'lifted-mail.example'),
    happened: (_report, _account, _me, world) => world.emailDomainBlocks.find('lifted-mail.example') === undefined,
  },
  'address.block': {
    path: new RegExp(`^${addresses}$`),
    of: 'address',
    id: '198.51.100.77',
    fields: { severity: 'sign_up_block', comment: 'The wave of Monday', expiresIn: 86_400 },
    happened: (_report, _account, _me, world) => world.ipBlocks.all().some(one => one.ip === '198.51.100.77/32'),
  },
  'address.change': {
    path: new RegExp(`^${addresses}/${ids.changed}$`),
    method: 'PUT',
    of: 'address',
    id: '198.51.100.0/25',
    fields: { severity: 'no_access', comment: 'Worse by now' },
    ready: (_report, _account, _me, world) => addAddress(world, ids.changed, '198.51.100.0/25'),
    happened: (_report, _account, _me, world) => world.ipBlocks.get(ids.changed)?.severity === 'no_access',
  },
  'address.lift': {
    path: new RegExp(`^${addresses}/${ids.lifted}$`),
    method: 'DELETE',
    of: 'address',
    id: '198.51.100.128/25',
    ready: (_report, _account, _me, world) => addAddress(world, ids.lifted, '198.51.100.128/25'),
    happened: (_report, _account, _me, world) => !world.ipBlocks.all().some(one => one.ip === '198.51.100.128/25'),
  },
  'canonical-email.block': {
    path: new RegExp(`^${emails}$`),
    of: 'canonical-email',
    id: hashOf('blocked'),
    happened: (_report, _account, _me, world) => world.canonicalEmailBlocks.find(hashOf('blocked')) !== undefined,
  },
  'canonical-email.lift': {
    path: new RegExp(`^${emails}/${ids.lifted}$`),
    method: 'DELETE',
    of: 'canonical-email',
    id: hashOf('lifted'),
    ready: (_report, _account, _me, world) =>
      void world.canonicalEmailBlocks.add({ id: ids.lifted, hash: hashOf('lifted'), referenceAccountId: null }),
    happened: (_report, _account, _me, world) => world.canonicalEmailBlocks.find(hashOf('lifted')) === undefined,
  },
  'trend.approve': {
    path: new RegExp(`^/api/v1/admin/trends/tags/${ids.changed}/approve$`),
    of: 'trend',
    id: `tags/${ids.changed}`,
    ready: (_report, _account, _me, world) => addTag(world, ids.changed),
    happened: (_report, _account, _me, world) => world.tags.get(ids.changed)?.trendable === true,
  },
  'trend.reject': {
    path: new RegExp(`^/api/v1/admin/trends/tags/${ids.lifted}/reject$`),
    of: 'trend',
    id: `tags/${ids.lifted}`,
    ready: (_report, _account, _me, world) => addTag(world, ids.lifted),
    happened: (_report, _account, _me, world) => world.tags.get(ids.lifted)?.trendable === false,
  },
}
