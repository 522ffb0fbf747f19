import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectThrough } from '../../src/main/doors/begin.ts'
import { prepareFolder } from '../../src/main/doors/data-folder.ts'
import { dropThread, takeThread, warmThread } from '../../src/main/doors/engine-thread.ts'
import { keyFileSecrets } from '../../src/main/doors/loopback/secrets.ts'
import { openEngine } from '../../src/main/doors/open-engine.ts'

const enginePath = resolve('src/main/engine/worker.ts')
let folder: string
beforeEach(async () => {
  folder = await prepareFolder(await mkdtemp(join(tmpdir(), 'howdah-')))
})
afterEach(async () => {
  dropThread()
  await rm(folder, { recursive: true, force: true })
})
const openDoor = (path: string, onLost = () => {}) =>
  openEngine({ enginePath: path, folder, from: 'cli', secrets: keyFileSecrets(folder), onLost })

test('an engine that never answers after it opened the folder says why to whoever waits for it, and is no loss', async () => {
  const failing = join(folder, 'failing.mjs')
  await writeFile(
    failing,
    `import { parentPort } from 'node:worker_threads'
     parentPort.on('message', () => {})
     parentPort.postMessage({ type: 'opened' })
     setTimeout(() => parentPort.postMessage({ type: 'failed', code: 'storage', detail: { reason: 'failure.disk-full' } }), 50)`,
  )
  let lost = 0
  const door = openDoor(failing, () => lost++)
  const wire = await door.dial()
  const closed = new Promise<void>(done => wire.listen({ text: () => {}, close: done }))
  expect(await door.ready()).toMatchObject({ code: 'storage', detail: { reason: 'failure.disk-full' } })
  await closed
  await expect(connectThrough(door)).rejects.toMatchObject({ code: 'storage' })
  await door.close()
  expect(lost).toBe(0)
})

test('a wire that is opened while the engine still reads its modules is answered when it is there', async () => {
  warmThread(enginePath)
  const door = openDoor(enginePath)
  const wire = await door.dial()
  const answer = new Promise(heard => wire.listen({ text: heard, close: () => heard('closed') }))
  wire.send(JSON.stringify({ t: 'call', id: 1, m: 'settings.get', p: {} }))
  expect(JSON.parse(String(await answer))).toMatchObject({ t: 'ok', id: 1, r: { graceSeconds: 10 } })
  expect(await door.ready()).toBeUndefined()
  await door.close()
})

test('a thread is started early once: it is given away once, and one that died is not given at all', async () => {
  warmThread(enginePath)
  const first = takeThread(enginePath)
  const second = takeThread(enginePath)
  expect(second.worker).not.toBe(first.worker)
  await Promise.all([first.worker.terminate(), second.worker.terminate()])
  const dead = join(folder, 'dead.mjs')
  await writeFile(dead, 'process.exit(3)')
  warmThread(dead)
  await new Promise(resolve => setTimeout(resolve, 300))
  const third = takeThread(dead)
  expect(await new Promise(resolve => third.worker.once('exit', resolve))).toBe(3)
})
