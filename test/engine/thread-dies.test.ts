import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { openWebDoor } from '../../src/main/doors/loopback/web-door.ts'
import { smallWorld } from '../../src/main/sample/rules/small-world.ts'
import { startSampleServer } from '../../src/main/sample/server.ts'
import type { Draft } from '../../src/shared/contract/drafts.ts'
import { allDecisions } from './crash-ground.ts'
import { tempFolder, until } from './ground.ts'
import { killThread } from './mortal-thread.ts'
import { openPage } from './page-wire.ts'

beforeAll(() => {
  if (!existsSync(resolve('out/main/engine.js'))) throw new Error('out/ is missing: run "npm run build" first')
})

const href = (path: string) => JSON.stringify(`file://${resolve(path)}`)

test('the engine’s thread dies under a living door: the page is answered again by itself, and no draft or held decision is lost', {
  timeout: 60_000,
}, async () => {
  const server = await startSampleServer({ world: smallWorld(Date.now()), jobDelay: 0 })
  using folder = tempFolder()
  using code = tempFolder()
  const enginePath = join(code.path, 'mortal.mjs')
  await writeFile(
    enginePath,
    `await import(${href('test/engine/mortal-thread.ts')})
     await import(${href('out/main/engine.js')})`,
  )
  const told: string[] = []
  const door = await openWebDoor({
    enginePath,
    pageFolder: resolve('out/renderer'),
    choice: { folder: folder.path, afresh: false },
    port: 0,
    tell: line => told.push(line),
  })
  if ('elsewhere' in door) throw new Error('a folder of our own')
  const { port, searchParams } = new URL(door.address)
  const { engine } = await openPage(Number(port), searchParams.get('code') ?? '')
  try {
    const signedIn = await engine.call('servers.signIn', { url: server.url, token: 'admin' }, { timeoutMs: 20_000 })
    await engine.call('settings.set', { graceSeconds: 120 })
    await engine.call('sync.now', { all: true })
    const { key } = signedIn.server
    const free = server.world.reports.all().filter(one => one.actionTakenAt === null && one.assignedAccountId === null)
    const drafts: Draft[] = []
    const armed: string[] = []
    for (const [round, how] of (['exit', 'throw', 'exit'] as const).entries()) {
      const subject = { of: 'report' as const, id: free[round]?.id ?? '' }
      const { decision } = await engine.call('decisions.arm', { server: key, subject, kind: 'report.close' })
      armed.push(decision.id)
      const draft = { of: 'note' as const, key: `${key} ${round}`, words: { text: `half a thought ${round}` } }
      await engine.call('drafts.keep', draft)
      drafts.push(draft)
      killThread(how)
      // What was on the wire fails; the line is dialled again by itself, and by that a new thread starts.
      await until(
        () => told.filter(line => line.startsWith('The engine stopped')).length,
        count => count === round + 1,
      )
      const left = await until(
        () => engine.call('drafts.list', {}).catch(() => undefined),
        answer => answer !== undefined,
      )
      expect(left).toEqual({ drafts })
    }
    const decisions = await allDecisions(engine)
    expect(decisions.map(({ id }) => id).sort()).toEqual(armed.sort())
    expect(decisions.map(({ state }) => state)).toEqual(armed.map(() => 'held'))
    expect(await engine.call('log.verify', {})).toMatchObject({ ok: true })
  } finally {
    engine.close()
    await door.close()
    await server.close()
  }
  expect(server.ledger.of(/resolve/)).toEqual([])
})
