import type { Command, Option } from './words.ts'

const port: Option = { name: 'port', takes: 'N', number: { min: 0, max: 65_535 }, says: 'cli.option.port' }
const server: Option = { name: 'server', takes: 'URL', says: 'cli.option.server' }
const oneServer: Option = { ...server, must: true }
const limit: Option = { name: 'limit', takes: 'N', number: { min: 1, max: 10_000_000 }, says: 'cli.option.limit' }
const passphrase: Option = { name: 'passphrase-stdin', says: 'cli.option.passphrase-stdin' }
const whole = { min: 0, max: Number.MAX_SAFE_INTEGER }

/** The options of `howdah sample`. */
const sampleOptions: readonly Option[] = [
  port,
  { name: 'seed', takes: 'N', number: whole, says: 'cli.option.seed' },
  { name: 'reports', takes: 'N', number: whole, says: 'cli.option.reports' },
  { name: 'accounts', takes: 'N', number: whole, says: 'cli.option.accounts' },
  { name: 'state', takes: 'FILE', says: 'cli.option.state-file' },
  { name: 'release', takes: 'X.Y.Z', says: 'cli.option.release' },
  { name: 'faults', takes: 'SPEC', says: 'cli.option.faults' },
  { name: 'job-delay', takes: 'MS', number: whole, says: 'cli.option.job-delay' },
  { name: 'think', takes: 'MS', number: whole, says: 'cli.option.think' },
  { name: 'now', takes: 'ISO', says: 'cli.option.now' },
  { name: 'media', takes: 'URL', says: 'cli.option.media' },
  { name: 'control', takes: 'TOKEN', says: 'cli.option.control' },
]

/** Every command, in the order of its help. */
export const commands: readonly Command[] = [
  {
    name: 'web',
    says: 'cli.command.web',
    options: [port, { name: 'no-open', says: 'cli.option.no-open' }, { name: 'sample', says: 'cli.option.sample' }],
  },
  { name: 'sample', says: 'cli.command.sample', options: sampleOptions },
  {
    name: 'signin',
    says: 'cli.command.signin',
    options: [
      oneServer,
      port,
      { name: 'oob', says: 'cli.option.oob' },
      { name: 'no-open', says: 'cli.option.no-open' },
      { name: 'token-stdin', says: 'cli.option.token-stdin' },
      { name: 'private-address', takes: 'ADDRESS', says: 'cli.option.private-address' },
    ],
    apart: ['token-stdin', 'oob'],
  },
  { name: 'signout', says: 'cli.command.signout', options: [oneServer] },
  {
    name: 'servers',
    says: 'cli.command.servers',
    options: [{ name: 'withdraw-network', takes: 'URL', says: 'cli.option.withdraw-network' }],
  },
  { name: 'sync', says: 'cli.command.sync', options: [server], ends: 'cli.ends.sync' },
  {
    name: 'reports',
    says: 'cli.command.reports',
    options: [{ name: 'state', takes: 'STATE', oneOf: ['open', 'resolved'], says: 'cli.option.state' }, server, limit],
  },
  { name: 'signups', says: 'cli.command.signups', options: [server, limit] },
  {
    name: 'accounts',
    says: 'cli.command.accounts',
    options: [
      { name: 'text', takes: 'TEXT', says: 'cli.option.account-text' },
      { name: 'origin', takes: 'ORIGIN', oneOf: ['local', 'remote'], says: 'cli.option.account-origin' },
      {
        name: 'state',
        takes: 'STATE',
        oneOf: ['clear', 'pending', 'limited', 'suspended', 'frozen', 'sensitive'],
        says: 'cli.option.account-state',
      },
      { name: 'domain', takes: 'DOMAIN', says: 'cli.option.account-domain' },
      { name: 'staff', says: 'cli.option.account-staff' },
      { name: 'ask', says: 'cli.option.account-ask' },
      server,
      limit,
    ],
  },
  { name: 'blocks', says: 'cli.command.blocks', options: [server, limit] },
  {
    name: 'log',
    says: 'cli.command.log',
    options: [
      server,
      { name: 'moderator', takes: 'NAME', says: 'cli.option.moderator' },
      { name: 'kind', takes: 'KIND', says: 'cli.option.kind' },
      { name: 'target', takes: 'HANDLE', says: 'cli.option.target' },
      { name: 'domain', takes: 'DOMAIN', says: 'cli.option.domain' },
      { name: 'rule', takes: 'ID', says: 'cli.option.rule' },
      { name: 'report', takes: 'ID', says: 'cli.option.report' },
      { name: 'source', takes: 'SOURCE', oneOf: ['did', 'saw'], says: 'cli.option.source' },
      { name: 'since', takes: 'TIME', moment: true, says: 'cli.option.since' },
      { name: 'until', takes: 'TIME', moment: true, says: 'cli.option.until' },
      { name: 'text', takes: 'TEXT', says: 'cli.option.text' },
      limit,
    ],
  },
  {
    name: 'log export',
    says: 'cli.command.log-export',
    options: [
      { name: 'format', takes: 'FORMAT', oneOf: ['csv', 'jsonl'], must: true, says: 'cli.option.format' },
      { name: 'output', takes: 'FILE', says: 'cli.option.output' },
      { name: 'personal', says: 'cli.option.personal' },
      { name: 'despite-hits', says: 'cli.option.despite-hits' },
    ],
  },
  {
    name: 'log erase',
    says: 'cli.command.log-erase',
    options: [
      { name: 'handle', takes: 'HANDLE', says: 'cli.option.handle' },
      { name: 'account', takes: 'ID', says: 'cli.option.account' },
      server,
      { name: 'reason', takes: 'REASON', oneOf: ['request', 'retention', 'other'], says: 'cli.option.reason' },
      { name: 'yes', says: 'cli.option.yes' },
    ],
    ends: 'cli.ends.log-erase',
  },
  { name: 'log verify', says: 'cli.command.log-verify', options: [], file: 'may', ends: 'cli.ends.log-verify' },
  {
    name: 'handover',
    says: 'cli.command.handover',
    options: [{ name: 'since', takes: 'TIME', moment: true, says: 'cli.option.since' }],
  },
  { name: 'backup', says: 'cli.command.backup', options: [passphrase], file: 'must' },
  {
    name: 'restore',
    says: 'cli.command.restore',
    options: [passphrase, { name: 'log-is-broken', says: 'cli.option.log-is-broken' }],
    file: 'must',
    ends: 'cli.ends.restore',
  },
  {
    name: 'doctor',
    says: 'cli.command.doctor',
    options: [{ name: 'delete-aside', takes: 'NAME', says: 'cli.option.delete-aside' }],
    ends: 'cli.ends.doctor',
  },
]
