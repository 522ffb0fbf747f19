import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { startSampleServer } from '../../src/main/sample/server.ts'
import { until } from './ground.ts'
import { heapsOf } from './heaps.ts'
import { openPage } from './page-wire.ts'

test('what is in the memory of an engine whose desk is locked is not the token, in any of its threads', async () => {
  if (!existsSync(resolve('out/main/web.js'))) throw new Error('out/ is missing: run "npm run build" first')
  const folder = await mkdtemp(join(tmpdir(), 'howdah-heap-'))
  const sample = await startSampleServer({ colleagues: false, reports: 10, accounts: 50 })
  const token = 'canary-heap-51c07d2e9ab84f66'
  const admin = sample.world.tokens.get('admin')
  if (!admin) throw new Error('no admin')
  sample.world.tokens.set(token, { ...admin, id: sample.world.tokenIds.next(), token })
  const web = spawn(
    process.execPath,
    // Whole strings, not their first thousand letters.
    [
      '--heap-snapshot-string-limit=100000000',
      '--inspect=127.0.0.1:0',
      resolve('out/main/web.js'),
      '--no-open',
      '--data',
      folder,
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  )
  const said: string[] = []
  for (const stream of [web.stdout, web.stderr]) stream.on('data', data => said.push(String(data)))
  const line = (pattern: RegExp) =>
    until(
      () => pattern.exec(said.join(''))?.[1],
      found => found !== undefined,
    )
  try {
    const inspector = (await line(/listening on (ws:\S+)/)) ?? ''
    const address = new URL((await line(/Howdah is open at (\S+)/)) ?? '')
    const { engine } = await openPage(Number(address.port), address.searchParams.get('code') ?? '')
    await engine.call('servers.signIn', { url: sample.url, token })
    await engine.call('sync.now', { all: true }, { timeoutMs: 60_000 })
    const holding = async () => (await heapsOf(inspector)).map(heap => heap.includes(token))
    expect(await holding(), 'an open desk holds it, in the engine’s thread alone').toEqual([false, true])
    await engine.call('lock.choose', { passphrase: 'eight or more', afterMinutes: 60 })
    await engine.call('lock.now', {})
    expect(await holding()).toEqual([false, false])
    engine.close()
  } finally {
    const ended = once(web, 'exit')
    web.kill('SIGTERM')
    await ended
    await sample.close()
    await rm(folder, { recursive: true })
  }
})
