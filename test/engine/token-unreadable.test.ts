import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { Failure } from '../../src/shared/contract/failure.ts'
import { sayFailure } from '../../src/shared/messages/say.ts'
import { openRows, until } from './ground.ts'
import { openSigned } from './sign-in-rounds.ts'

/** Puts other bytes in the place of a sealed token. */
const spoil = (folder: string, as: (sealed: string) => string) => {
  const vault = new Database(join(folder, 'vault.db'))
  const { sealed } = vault.prepare<[], { sealed: string }>('SELECT sealed_token AS sealed FROM server').get() ?? {
    sealed: '',
  }
  vault.prepare('UPDATE server SET sealed_token = ?').run(as(sealed))
  vault.close()
}

test('a token that cannot be opened ends its sign-in, with a word in the log, and nothing else; signed in again, all goes on', async () => {
  await using ground = await openSigned()
  const first = ground.client()
  await first.call('servers.signIn', { url: ground.server.url, token: 'admin' })
  await first.call('sync.now', { all: true })
  const rows = await openRows(first)
  const [row] = rows
  if (!row) throw new Error('no report')
  await first.call('settings.set', { graceSeconds: 120 })
  await first.call('decisions.arm', {
    server: row.server,
    subject: { of: 'report', id: row.id },
    kind: 'report.close',
  })
  await ground.closeEngine()
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
    spoil(ground.folder, spoilt)
    await ground.openEngine()
    const desk = ground.client()
    expect((await desk.call('servers.list', {})).servers).toMatchObject([
      { signedIn: false, account: { acct: 'admin' } },
    ])
    expect((await openRows(desk)).length).toBe(rows.length)
    expect((await desk.call('decisions.page', {})).decisions).toMatchObject([{ kind: 'report.close' }])
    const [last] = (await desk.call('log.page', { limit: 1 })).entries
    expect(last).toMatchObject({ action: 'server.token-unreadable', server: row.server })
    await desk.call('servers.signIn', { url: ground.server.url, token: 'admin' })
    await desk.call('sync.now', {})
    await ground.closeEngine()
  }
  await ground.openEngine()
  const desk = ground.client()
  const { entries } = await desk.call('log.page', { kind: 'server.token-unreadable' })
  expect(entries, 'each was told once').toHaveLength(spoilings.length)
  expect(await desk.call('log.verify', {})).toMatchObject({ ok: true })
  // What waited for the sign-in goes out.
  await desk.call('decisions.sendNow', {})
  await until(
    () => desk.call('decisions.page', {}),
    ({ decisions }) => decisions[0]?.state === 'done',
    ground.clock,
    1_000,
  )
})

test('a keyring that is locked, or away for now, opens nothing and forgets nothing: it is said, and later all is there', async () => {
  await using ground = await openSigned()
  const first = ground.client()
  await first.call('servers.signIn', { url: ground.server.url, token: 'admin' })
  await ground.closeEngine()
  const { unseal } = ground.door
  for (const reason of ['door.keyring-locked', 'door.no-keyring', 'door.key-damaged']) {
    ground.door.unseal = async () => {
      throw new Failure('storage', { reason })
    }
    const failure = await ground.openEngine().catch((error: unknown) => error)
    if (!(failure instanceof Failure)) throw new Error(`opened in spite of ${reason}`)
    expect([failure.code, failure.detail.reason]).toEqual(['storage', reason])
    expect(sayFailure(failure)).toMatch(/^[A-Z].{20,}[.]$/)
  }
  ground.door.unseal = unseal
  await ground.openEngine()
  const desk = ground.client()
  expect((await desk.call('servers.list', {})).servers).toMatchObject([{ signedIn: true }])
  expect((await desk.call('log.page', { kind: 'server.token-unreadable' })).entries).toEqual([])
  await desk.call('sync.now', {})
})
