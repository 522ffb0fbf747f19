import { expect, test } from 'vitest'
import { sayFailure } from '../../src/shared/messages/say.ts'
import { type Ground, openGround, openRows, signInAndSync, until } from './ground.ts'
import { mirrored, served, worldOf } from './sync-ground.ts'

const json = { 'content-type': 'application/json' }
const isReports = (input: Parameters<typeof fetch>[0]) => new URL(String(input)).pathname.endsWith('/admin/reports')

/** Leaves seven rows of each page of reports, and no word that more follow, while it is so. */
const cutShort = (ground: Ground, isCut: () => boolean) =>
  ground.between(async (real, input, init) => {
    const response = await real(input, init)
    if (!isCut() || !isReports(input) || !response.ok) return response
    const rows: unknown = await response.json()
    return new Response(JSON.stringify(Array.isArray(rows) ? rows.slice(0, 7) : rows), { headers: json })
  })

test('a list that something cuts short so that it still reads, without a word that more follows: nothing is taken for gone, and the rest comes by itself', async () => {
  await using ground = await openGround({ world: worldOf(300) })
  await ground.openEngine()
  let isCut = false
  cutShort(ground, () => isCut)
  const { desk } = await signInAndSync(ground)
  const whole = mirrored(ground.folder)
  expect(whole).toEqual(served(ground))
  isCut = true
  ground.clock.advance(1)
  await desk.call('sync.now', { all: true })
  expect(mirrored(ground.folder), 'what is held stays').toEqual(whole)
  const { entries } = await desk.call('log.page', { limit: 100 })
  expect(entries.filter(({ source }) => source === 'saw')).toEqual([])
  // Cut at the very first reading: it looks whole, and is not.
  await using late = await openGround({ world: worldOf(300) })
  await late.openEngine()
  isCut = true
  cutShort(late, () => isCut)
  await signInAndSync(late)
  expect(mirrored(late.folder).length).toBeLessThan(served(late).length)
  isCut = false
  await until(
    () => JSON.stringify(mirrored(late.folder)) === JSON.stringify(served(late)),
    same => same,
    late.patient,
    300_000,
  )
})

test('a proxy that strips the token: nothing that is missing then is taken for gone, and one is asked to sign in', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const before = mirrored(ground.folder)
  const rows = (await openRows(desk)).length
  ground.between((real, input, init) => {
    const headers = new Headers(init?.headers)
    headers.delete('authorization')
    return real(input, { ...init, headers })
  })
  ground.clock.advance(1)
  const failure = await desk.call('sync.now', { all: true }).catch(error => error)
  expect(sayFailure(failure)).toMatch(/^[A-Z].{20,}[.]$/)
  for (let n = 0; n < 60; n++) ground.clock.advance(60_000)
  await until(
    async () => (await desk.call('servers.list', {})).servers.find(one => one.key === key)?.signedIn,
    signedIn => signedIn === false,
    ground.patient,
    10_000,
  )
  expect(mirrored(ground.folder)).toEqual(before)
  expect((await openRows(desk)).length).toBe(rows)
  const { entries } = await desk.call('log.page', { limit: 100 })
  expect(entries.filter(({ source }) => source === 'saw')).toEqual([])
})
