import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lacksRight, limitsOf, mayDecide, permits, whyNot } from '../../src/main/engine/servers/capabilities.ts'
import { Ability } from '../../src/shared/contract/servers.ts'

/** The roles of a new server (contract B.2). */
const roles = {
  everyone: '65536',
  moderator: String(8 + 4 + 1_048_576 + 1024 + 16 + 256),
  admin: String(8_388_607 - 1 - 2 - 65_536 - 2048 - 2_097_152 - 4_194_304),
  owner: '8388607',
}
const all = ['read', 'admin:read', 'admin:write']
const standing = (permissions: string, scopes: readonly string[] | null = all, release = '4.6.5') => ({
  permissions,
  scopes,
  release,
})
const can = (of: ReturnType<typeof standing>) => Ability.options.filter(ability => whyNot(of, ability) === null)

test('what the roles of a new server may do (contract B.2, B.3)', () => {
  expect(can(standing(roles.everyone))).toEqual([])
  expect(can(standing(roles.moderator))).toEqual([
    'reports.see',
    'reports.change',
    'accounts.see',
    'accounts.change',
    'figures.see',
    'trends.see',
    'trends.change',
  ])
  expect(can(standing(roles.admin))).toEqual(Ability.options)
  expect(can(standing(roles.owner))).toEqual(Ability.options)
  expect(can(standing('1')), 'the administrator alone implies all').toEqual(Ability.options)
})

test('what the token was granted comes on top of the role', () => {
  expect(can(standing(roles.owner, ['read']))).toEqual([])
  expect(can(standing(roles.owner, ['read', 'admin:read']))).toEqual([
    'reports.see',
    'accounts.see',
    'domains.see',
    'blocks.see',
    'figures.see',
    'trends.see',
  ])
  expect(can(standing(roles.owner, ['admin:read:reports', 'admin:write:accounts', 'admin:read:ip_blocks']))).toEqual([
    'reports.see',
    'accounts.change',
    'accounts.erase',
  ])
  expect(can(standing(roles.owner, null)), 'what is not known may be tried').toEqual(Ability.options)
})

test('a release before an endpoint cannot do it; glitch-soc’s additions to its name change nothing', () => {
  expect(whyNot(standing(roles.owner, all, '4.1.25'), 'trends.change')).toBe('cannot.release')
  expect(whyNot(standing(roles.owner, all, '4.6.5+glitch'), 'trends.change')).toBeNull()
  expect(whyNot(standing(roles.owner, all, '4.0.15'), 'domains.change')).toBeNull()
})

test('what cannot be done names its reason and the page of the server', () => {
  expect(limitsOf(standing(roles.moderator), 'https://a.example')).toEqual([
    { ability: 'accounts.erase', why: 'cannot.role', page: 'https://a.example/admin/accounts' },
    { ability: 'domains.see', why: 'cannot.role', page: 'https://a.example/admin/instances' },
    { ability: 'domains.change', why: 'cannot.role', page: 'https://a.example/admin/instances' },
    { ability: 'blocks.see', why: 'cannot.role', page: 'https://a.example/admin/ip_blocks' },
    { ability: 'blocks.change', why: 'cannot.role', page: 'https://a.example/admin/ip_blocks' },
  ])
})

test('bits beyond those known, beyond 2^53 and what is no number', () => {
  expect(permits('36893488147419103248', 'manageReports'), '2^65 + 16').toBe(true)
  expect(permits('36893488147419103232', 'manageReports')).toBe(false)
  for (const odd of ['', '-1', '0x10', '1e9', 'null', '16.0', ' 16'])
    expect([odd, permits(odd, 'manageReports')]).toEqual([odd, false])
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 1n << 70n }), bits => {
      expect(permits(String(bits), 'manageUsers')).toBe((bits & 1025n) !== 0n)
    }),
    { numRuns: 500, seed: 1 },
  )
})

test('a decision needs the right to what its noun sends', () => {
  const table: [readonly string[] | null, string, boolean][] = [
    [null, 'account.suspend', false],
    [all, 'account.suspend', false],
    [['read', 'admin:read'], 'account.suspend', true],
    [['read', 'admin:read'], 'report.assign', true],
    [['admin:write:reports'], 'report.close', false],
    [['admin:write:reports'], 'account.warn', true],
    [['admin:write:domain_blocks'], 'domain.block', false],
    [['admin:write:domain_allows'], 'domain.block', true],
    [['admin:write:domain_allows'], 'domain.allow', false],
    [['admin:write:ip_blocks'], 'address.block', false],
    [['admin:write:ip_blocks'], 'email-domain.block', true],
    [['admin:write:accounts'], 'signup.approve', false],
    [all, 'report.forward', true],
    [['write:reports'], 'report.forward', false],
    [all, 'trend.approve', false],
    [['admin:write:reports'], 'trend.approve', true],
    [['read'], 'something.new', true],
    [[], 'report.close', true],
  ]
  for (const [scopes, kind, lacks] of table)
    expect([scopes, kind, lacksRight(scopes, kind)]).toEqual([scopes, kind, lacks])
  expect([mayDecide(null), mayDecide(['admin:read']), mayDecide(['admin:write:reports'])]).toEqual([true, false, true])
})
