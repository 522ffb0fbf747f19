import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { Engine } from '../../src/shared/contract/index.ts'
import { sayEntry } from '../../src/shared/messages/say-log.ts'
import { type Ground, openGround, openRows, signInAndSync } from './ground.ts'

const revealed = async (desk: Engine) =>
  (await desk.call('log.page', { limit: 200 })).entries.filter(entry => entry.action === 'account.revealed')

/** What the mirror holds of an account, read past the engine. */
const inMirror = (ground: Ground, account: string) => {
  const raw = new Database(join(ground.folder, 'mirror.db'), { readonly: true })
  try {
    return raw
      .prepare<[string], { email: string | null; address: string | null; personal_until: number | null }>(
        'SELECT email, address, personal_until FROM account WHERE id = ?',
      )
      .get(account)
  } finally {
    raw.close()
  }
}

const memberInQueue = async (desk: Engine) => {
  const row = (await openRows(desk)).find(one => one.target.domain === null)
  if (!row) throw new Error('no report about a member')
  return { row, on: { server: row.server, account: row.target.id } }
}

test('personal data of a member in a queue is shown whole, and the log says which fields and to whom they belong', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground)
  const { row, on } = await memberInQueue(desk)
  const masked = (await desk.call('reports.case', row)).account
  expect(masked.email).toMatch(/^.•••@/)
  const whole = await desk.call('accounts.reveal', on)
  expect(whole).toMatchObject({ email: `${row.target.username}@mail.example`, invite: null })
  expect(whole.address).toBe(inMirror(ground, on.account)?.address)
  const [entry] = await revealed(desk)
  if (!entry) throw new Error('not logged')
  expect(entry.facts).toEqual({ account: on.account, fields: ['email', 'address'] })
  expect(entry.personal).toEqual({ target: `@${row.target.username}` })
  expect(entry.server).toBe(on.server)
  expect(sayEntry(entry)).toBe(`Personal data shown of @${row.target.username}`)
  // Neither the entry nor anything beside it holds what was shown.
  expect(JSON.stringify(entry)).not.toContain('mail.example')
  await desk.call('accounts.reveal', on)
  expect(await revealed(desk)).toHaveLength(2)
  expect((await desk.call('reports.case', row)).account.email).toBe(masked.email)
  expect(await desk.call('log.verify', {})).toMatchObject({ ok: true })
})

test('what is not kept here cannot be shown, and nothing is logged', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground)
  const remote = (await openRows(desk)).find(one => one.target.domain !== null)
  if (!remote) throw new Error('no report about someone elsewhere')
  const gone = { code: 'not-found', detail: { reason: 'failure.personal-gone' } }
  for (const account of [remote.target.id, 'nobody'])
    await expect(desk.call('accounts.reveal', { server: key, account })).rejects.toMatchObject(gone)
  expect(await revealed(desk)).toEqual([])
})

test('after its time is over personal data is not shown, even before it is forgotten', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground)
  const { on } = await memberInQueue(desk)
  const raw = new Database(join(ground.folder, 'mirror.db'))
  raw.prepare('UPDATE account SET personal_until = ? WHERE id = ?').run(ground.clock.now() - 1, on.account)
  raw.close()
  expect(inMirror(ground, on.account)?.email).not.toBeNull()
  await expect(desk.call('accounts.reveal', on)).rejects.toMatchObject({ code: 'not-found' })
  expect(await revealed(desk)).toEqual([])
})
