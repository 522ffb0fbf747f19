import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startSampleServer } from '../../src/main/sample/server.ts'
import { enginePath, runHere } from './cli-ground.ts'
import { tempFolder } from './ground.ts'

test('howdah accounts: those that are known here, then those that the server names when it is asked; nothing personal', async () => {
  if (!existsSync(enginePath)) throw new Error('out/ is missing: run "npm run build" first')
  const sample = await startSampleServer({ colleagues: false, reports: 20, accounts: 100 })
  using folder = tempFolder()
  const howdah = (line: string, stdin = '') => runHere(line, folder.path, stdin)
  await howdah(`signin --server ${sample.url} --token-stdin`, 'admin\n')
  await howdah('sync')
  const known = await howdah('accounts --origin local --json')
  const accounts: Record<string, unknown>[] = JSON.parse(known.out)
  expect(Object.keys(accounts[0] ?? {})).toEqual([
    'server',
    'id',
    'handle',
    'displayName',
    'states',
    'role',
    'staff',
    'joinedAt',
    'followers',
    'openReports',
  ])
  expect(accounts.every(({ handle }) => /^@[^@]+$/.test(String(handle)))).toBe(true)
  const staff = await howdah('accounts --staff --ask')
  expect(staff.out).toMatch(/^SERVER +ACCOUNT +IN FORCE +OPEN +JOINED/)
  expect(staff.out.trimEnd().split('\n').length).toBeGreaterThan(2)
  expect((await howdah('accounts --state nonsense')).code).toBe(2)
  await sample.close()
})
