import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { keyFileSecrets } from '../../src/main/doors/loopback/secrets.ts'
import { createEngine, type From } from '../../src/main/engine/engine.ts'
import { runTaskHere } from '../../src/main/engine/tasks.ts'
import { createClock } from '../../src/main/sample/clock.ts'
import { smallWorld } from '../../src/main/sample/rules/small-world.ts'
import { startSampleServer } from '../../src/main/sample/server.ts'
import { Failure } from '../../src/shared/contract/failure.ts'
import { contract } from '../../src/shared/contract/index.ts'
import { connect } from '../../src/shared/contract/rpc.ts'
import { pairOfWires } from '../../src/shared/contract/wires.ts'
import { sayFailure } from '../../src/shared/messages/say.ts'
import { systemClock } from '../../src/shared/system-clock.ts'
import { NOON, openRows, realFetch, tempFolder, until } from './ground.ts'

/** A folder whose tokens are sealed by a real key file, and a server; the engine is opened and closed as often as one likes. */
const openFolder = async () => {
  const clock = createClock(NOON, { running: false })
  const sample = await startSampleServer({ clock, jobDelay: 0, colleagues: false, world: smallWorld(NOON) })
  const folder = tempFolder()
  const call = { signal: new AbortController().signal, from: 'engine' as const }
  const secrets = keyFileSecrets(folder.path)
  const keyFile = {
    seal: async (secret: string) => await secrets['door.seal']({ secret, keyFile: false }, call),
    unseal: async (sealed: string) => await secrets['door.unseal']({ sealed, keyFile: false }, call),
  }
  const openEngine = async (unseal = keyFile.unseal) => {
    const door = { ...keyFile, unseal }
    const runTask = async (name: string, data: unknown) => runTaskHere(name, folder.path, data)
    const engine = await createEngine({ folder: folder.path, fetch: realFetch, clock, door, runTask })
    const dial = async (from: From = 'browser') => {
      const [near, far] = pairOfWires()
      engine.attach(far, from)
      return near
    }
    const desk = connect(contract, () => dial(), { clock: systemClock })
    return {
      desk,
      close: async () => {
        desk.close()
        const closing = engine.close(0)
        clock.advance(1)
        await closing
      },
    }
  }
  /** Puts other bytes in the place of a sealed token. */
  const spoil = (as: (sealed: string) => string) => {
    const vault = new Database(join(folder.path, 'vault.db'))
    const { sealed } = vault.prepare<[], { sealed: string }>('SELECT sealed_token AS sealed FROM server').get() ?? {
      sealed: '',
    }
    vault.prepare('UPDATE server SET sealed_token = ?').run(as(sealed))
    vault.close()
  }
  return {
    clock,
    url: sample.url,
    openEngine,
    spoil,
    [Symbol.asyncDispose]: async () => {
      await sample.close()
      folder[Symbol.dispose]()
    },
  }
}

test('a token that cannot be opened ends its sign-in, with a word in the log, and nothing else; signed in again, all goes on', async () => {
  await using folder = await openFolder()
  const first = await folder.openEngine()
  await first.desk.call('servers.signIn', { url: folder.url, token: 'admin' })
  await first.desk.call('sync.now', { all: true })
  const rows = await openRows(first.desk)
  const [row] = rows
  if (!row) throw new Error('no report')
  await first.desk.call('settings.set', { graceSeconds: 120 })
  await first.desk.call('decisions.arm', {
    server: row.server,
    subject: { of: 'report', id: row.id },
    kind: 'report.close',
  })
  await first.close()
  const flipped = (sealed: string, at: number) => {
    const bytes = Buffer.from(sealed.slice(4), 'base64url')
    bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ 0x40
    return `kf1.${bytes.toString('base64url')}`
  }
  const spoilings: ((sealed: string) => string)[] = [
    sealed => flipped(sealed, 0),
    sealed => flipped(sealed, 13),
    sealed => flipped(sealed, 40),
    sealed => sealed.slice(0, -3),
    sealed => sealed.slice(0, 9),
    () => '',
    () => 'kf1.',
    () => 'kr1.AAAA',
    () => 'no seal at all \u0000',
    sealed => sealed.repeat(500),
  ]
  for (const spoilt of spoilings) {
    folder.spoil(spoilt)
    const { desk, close } = await folder.openEngine()
    expect((await desk.call('servers.list', {})).servers).toMatchObject([
      { signedIn: false, account: { acct: 'admin' } },
    ])
    expect((await openRows(desk)).length).toBe(rows.length)
    expect((await desk.call('decisions.page', {})).decisions).toMatchObject([{ kind: 'report.close' }])
    const [last] = (await desk.call('log.page', { limit: 1 })).entries
    expect(last).toMatchObject({ action: 'server.token-unreadable', server: row.server })
    await desk.call('servers.signIn', { url: folder.url, token: 'admin' })
    await desk.call('sync.now', {})
    await close()
  }
  const { desk, close } = await folder.openEngine()
  const { entries } = await desk.call('log.page', { kind: 'server.token-unreadable' })
  expect(entries, 'each was told once').toHaveLength(spoilings.length)
  expect(await desk.call('log.verify', {})).toMatchObject({ ok: true })
  // What waited for the sign-in goes out.
  await desk.call('decisions.sendNow', {})
  await until(
    () => desk.call('decisions.page', {}),
    ({ decisions }) => decisions[0]?.state === 'done',
    folder.clock,
    1_000,
  )
  await close()
})

test('a keyring that is locked, or away for now, opens nothing and forgets nothing: it is said, and later all is there', async () => {
  await using folder = await openFolder()
  const first = await folder.openEngine()
  await first.desk.call('servers.signIn', { url: folder.url, token: 'admin' })
  await first.close()
  for (const reason of ['door.keyring-locked', 'door.no-keyring', 'door.key-damaged']) {
    const failure = await folder
      .openEngine(async () => {
        throw new Failure('storage', { reason })
      })
      .catch((error: unknown) => error)
    if (!(failure instanceof Failure)) throw new Error(`opened in spite of ${reason}`)
    expect([failure.code, failure.detail.reason]).toEqual(['storage', reason])
    expect(sayFailure(failure)).toMatch(/^[A-Z].{20,}[.]$/)
  }
  const { desk, close } = await folder.openEngine()
  expect((await desk.call('servers.list', {})).servers).toMatchObject([{ signedIn: true }])
  expect((await desk.call('log.page', { kind: 'server.token-unreadable' })).entries).toEqual([])
  await desk.call('sync.now', {})
  await close()
})
