import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Settings } from '../../src/shared/contract/settings.ts'
import { en } from '../../src/shared/messages/en.ts'
import { sayCode } from '../../src/shared/messages/say.ts'
import { sayEntry } from '../../src/shared/messages/say-log.ts'

const engine = join(import.meta.dirname, '../../src/main/engine')
const sources = readdirSync(engine, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => readFileSync(join(engine, name), 'utf8'))
  .join('\n')
const codes = Object.keys(en)

describe('sentences of the log', () => {
  test('every action that the engine names has one', () => {
    const named = [...sources.matchAll(/action: '([a-z-]+\.[a-z-]+)'|'([a-z-]+\.seen-[a-z-]+)'/g)].map(
      ([, action, seen = '']) => action ?? seen,
    )
    expect(new Set(named).size).toBeGreaterThan(20)
    for (const action of named) expect(codes).toContain(`log.action.${action}`)
  })
  test('every fact that the engine writes has a name for people', () => {
    const named = [...sources.matchAll(/\bfacts(?: = |: )\{([^{}]*)\}/g)].flatMap(([, body = '']) =>
      [...body.matchAll(/(?:^|,)\s*(\w+)\s*(?=[:,]|$)/g)].map(([, name = '']) => name),
    )
    expect(new Set(named).size).toBeGreaterThan(30)
    for (const name of named) expect(codes).toContain(`fact.${name}`)
  })
  test('every verdict and reason that the log gives has one', () => {
    const named = [...sources.matchAll(/'((?:verdict|export)\.[a-z-]+)'/g)].map(([, code = '']) => code)
    expect(new Set(named).size).toBeGreaterThan(15)
    for (const code of named) expect(sayCode(code, { seq: 7, sys: 'EIO' })).not.toBe(code)
  })
  test.each(codes.filter(code => code.startsWith('log.action.')))('%s reads well with and without its values', code => {
    const action = code.slice('log.action.'.length)
    const bare = sayEntry({ action, facts: { report: null, account: null }, personal: {} })
    const facts = {
      kind: 'account.suspend',
      report: '12',
      account: '77',
      status: 403,
      entries: 2,
      format: 'csv',
      entry: 3,
      setting: 'grace',
    }
    const full = sayEntry({ action, facts, personal: { target: '@bob@weide.example', by: 'ida', assigned: 'ida' } })
    for (const said of [bare, full]) expect(said).not.toMatch(/undefined|log\.|account\.suspend|\bnull\b/)
    expect(full).not.toMatch(/[{}]/)
  })
  test('a setting is called as on its screen, and a role without a name is none', () => {
    const changed = (setting: string) => sayEntry({ action: 'setting.changed', facts: { setting }, personal: {} })
    expect(changed('graceSeconds')).toBe('Setting changed: Time to take a decision back')
    expect(changed('paused')).toBe('Setting changed: reading paused')
    expect(changed('mediaHost')).toBe('Setting changed: hosts that media may come from')
    for (const name of [...Object.keys(Settings.shape), 'lock']) {
      expect(changed(name)).not.toBe(`Setting changed: ${name}`)
      expect(changed(name)).not.toMatch(/[{}]/)
    }
    const role = (after: string) => sayEntry({ action: 'server.role-changed', facts: { after }, personal: {} })
    expect([role('Owner'), role('')]).toEqual([
      'Seen: the role of our account was changed to Owner',
      'Seen: the role of our account was changed to no role',
    ])
  })
  test('a decision names what, whom and where', () => {
    const facts = { kind: 'account.suspend', report: '12', account: '77' }
    expect(sayEntry({ action: 'decision.armed', facts, personal: { target: '@bob@weide.example' } })).toBe(
      'Decided: suspend · @bob@weide.example · report 12',
    )
    expect(sayEntry({ action: 'decision.armed', facts, personal: {} })).toBe(
      'Decided: suspend · account 77 · report 12',
    )
  })
})
