import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Check } from '../../src/main/doors/cli/doctor.ts'
import { setAside as moveAside } from '../../src/main/engine/db/salvage.ts'
import { runHere } from './cli-ground.ts'
import { NOON, tempFolder } from './ground.ts'

const asides = async (folder: string) => {
  const { out } = await runHere('doctor --json', folder)
  return (JSON.parse(out) as Check[]).filter(({ check }) => check === 'set-aside')
}

test('what was set aside is named by doctor with its date and size until a person deletes it by its name, which is logged', async () => {
  using folder = tempFolder()
  const { path } = folder
  await runHere('servers', path)
  expect(await asides(path)).toEqual([])

  const megabytes = (name: string, n: number) => writeFileSync(join(path, name), Buffer.alloc(n << 20))
  // As a salvage and a restore leave them, with the journals of one.
  mkdirSync(join(path, 'copies'), { recursive: true })
  megabytes('copies/vault-2026-11-20.db', 3)
  moveAside(join(path, 'copies'), NOON, 'before-restore')
  for (const [name, n] of [
    ['old.db', 2],
    ['old.db-wal', 1],
  ] as const)
    megabytes(name, n)
  const damaged = 'vault.db.damaged-2026-11-23T120000.000Z'
  megabytes(damaged, 2)
  megabytes(`${damaged}-wal`, 1)
  megabytes('vault.db.damaged-notes.txt', 1)

  const told = await asides(path)
  expect(told.map(({ ok }) => ok)).toEqual([true, true])
  expect(told.map(({ says }) => says).join('\n')).toContain(damaged)
  for (const { says, todo } of told) {
    expect(says).toContain('2026-11-23T12:00:00')
    expect(says).toContain('3 MB')
    expect(todo).toContain('howdah doctor --delete-aside ')
  }

  // Nothing else can be deleted so.
  for (const name of ['vault.db', '../x', 'old.db', 'vault.db.damaged-notes.txt', `${damaged}-wal`, 'key', '.']) {
    const before = readdirSync(path).sort()
    const { code, note } = await runHere(`doctor --delete-aside ${name}`, path)
    expect([name, code, note.trim().split('\n').length]).toEqual([name, 1, 1])
    expect(readdirSync(path).sort()).toEqual(before)
  }
  const deleted = await runHere(`doctor --delete-aside ${damaged}`, path)
  expect(deleted.note).toContain(damaged)
  expect([existsSync(join(path, damaged)), existsSync(join(path, `${damaged}-wal`))]).toEqual([false, false])
  expect(await asides(path)).toHaveLength(1)
  const log = JSON.parse((await runHere('log --json', path)).out)
  expect(log[0]).toMatchObject({ action: 'vault.aside-deleted', facts: { name: damaged, bytes: 3 << 20 } })

  const folderAside = readdirSync(path).find(name => name.startsWith('copies.')) ?? ''
  await runHere(`doctor --delete-aside ${folderAside}`, path)
  expect(await asides(path)).toEqual([])
  expect(existsSync(join(path, 'old.db')), 'what is nobody’s business stays').toBe(true)
}, 120_000)
