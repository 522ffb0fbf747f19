import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'

let place: string
beforeEach(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), 'howdah-compiled-')))
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

/** Opens a door as it is delivered, and ends it when it is open. */
const openAndEnd = async () => {
  const { NODE_COMPILE_CACHE: _, ...env } = process.env
  const door = spawn(process.execPath, [resolve('out/main/web.js'), '--no-open', '--data', join(place, 'data')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...env, XDG_CACHE_HOME: place },
  })
  await once(createInterface({ input: door.stdout }), 'line')
  door.kill('SIGTERM')
  const [code] = await once(door, 'exit')
  expect(code).toBe(0)
}
const compiled = () => join(place, 'howdah-compiled')
const kept = () =>
  readdirSync(compiled(), { recursive: true, withFileTypes: true }).map(entry => join(entry.parentPath, entry.name))

test.skipIf(process.platform !== 'linux')(
  'what a door and its thread compiled is kept for this user alone, and begins anew when it has grown',
  async () => {
    await openAndEnd()
    const [folder = '', ...files] = kept()
    expect(files.length).toBeGreaterThan(20)
    for (const dir of [compiled(), folder]) expect(statSync(dir).mode & 0o777).toBe(0o700)
    for (const file of files) expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(place, 'data')).filter(name => name.includes('compiled'))).toEqual([])
    for (let n = 0; n < 300; n++) writeFileSync(join(folder, `old-${n}`), '')
    await openAndEnd()
    expect(kept().filter(name => name.includes('old-'))).toEqual([])
  },
  60_000,
)

test.skipIf(process.platform !== 'linux')(
  'a folder that others could write to, or a link, is never read from: the door opens without',
  async () => {
    mkdirSync(compiled(), { recursive: true })
    chmodSync(compiled(), 0o770)
    await openAndEnd()
    expect(kept()).toEqual([])
    rmSync(compiled(), { recursive: true })
    mkdirSync(join(place, 'elsewhere'), { mode: 0o700 })
    symlinkSync(join(place, 'elsewhere'), compiled())
    await openAndEnd()
    expect(readdirSync(join(place, 'elsewhere'))).toEqual([])
  },
  60_000,
)
