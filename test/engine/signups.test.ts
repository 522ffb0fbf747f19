import { expect, test } from 'vitest'
import { openGround, signInAndSync, until } from './ground.ts'
import { addWave } from './signups-ground.ts'

const openWave = async (count: number, token = 'admin') => {
  const ground = await openGround()
  const wave = addWave(ground.server.world, count)
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, token)
  await desk.call('settings.set', { graceSeconds: 2 })
  return { ground, wave, desk, key, [Symbol.asyncDispose]: () => ground[Symbol.asyncDispose]() }
}

test('who waits is told by what they share; the rows mask what is personal', async () => {
  await using bench = await openWave(40)
  const { desk, key, wave } = bench
  const { servers, clusters } = await desk.call('signups.clusters', {})
  expect(servers).toEqual([{ server: key, waiting: 44, shared: 44, oldestAt: expect.any(Number), maySee: true }])
  expect(await desk.call('signups.count', {})).toEqual({ waiting: 44 })
  const mail = clusters.find(each => each.pattern === 'mail')
  expect(mail).toMatchObject({ value: 'throwaway.example', says: 'throwaway.example', count: 40, confirmed: 4 })
  expect(clusters.at(-1)).toMatchObject({ pattern: 'all', count: 44 })
  const whole = await desk.call('signups.cluster', { server: key, pattern: 'mail', value: 'throwaway.example' })
  expect(whole.people.map(({ id }) => id).sort()).toEqual(wave.map(({ id }) => id).sort())
  expect(whole.people.every(({ marked }) => marked)).toBe(true)
  expect(whole.shares.map(({ pattern, count }) => [pattern, count])).toEqual(
    expect.arrayContaining([
      ['reason', 40],
      ['range', 40],
    ]),
  )
  const ids = whole.people.slice(0, 3).map(({ id }) => id)
  const { rows } = await desk.call('signups.rows', { server: key, ids: [...ids, '999'] })
  expect(rows.map(row => row.account.id)).toEqual(ids)
  expect(rows[0]).toMatchObject({
    email: 'u•••@throwaway.example',
    address: '203.0.113.•••',
    reason: 'I want to join the community',
    ownReason: false,
    decision: null,
  })
  const told = JSON.stringify([rows, clusters, whole])
  for (const { user } of wave) {
    expect(told).not.toContain(user?.email)
    expect(told).not.toMatch(new RegExp(`"${user?.ips[0]?.ip}"`))
  }
  // Who shares nothing is there too, with a reason of their own.
  const all = await desk.call('signups.cluster', { server: key, pattern: 'all', value: '' })
  expect(all.people).toHaveLength(44)
  expect(all.people.filter(({ marked }) => !marked)).toHaveLength(4)
})

test('what is decided stands on the row, and who was answered is gone from the list', async () => {
  await using bench = await openWave(6)
  const { desk, key, wave, ground } = bench
  const [first, second] = wave
  const on = (id: string | undefined) => ({ server: key, subject: { of: 'signup' as const, id: id ?? '' } })
  await desk.call('decisions.arm', { ...on(first?.id), kind: 'signup.approve' })
  await desk.call('decisions.arm', { ...on(second?.id), kind: 'signup.reject' })
  const { rows } = await desk.call('signups.rows', { server: key, ids: [first?.id ?? '', second?.id ?? ''] })
  expect(rows.map(row => row.decision?.kind)).toEqual(['signup.approve', 'signup.reject'])
  const left = async () =>
    (await desk.call('signups.cluster', { server: key, pattern: 'all', value: '' })).people.length
  expect(await until(left, count => count === 8, ground.patient, 1_000)).toBe(8)
  expect([first?.user?.approved, ground.server.world.account(second?.id ?? '')]).toEqual([true, undefined])
  // What was kept of their personal data is gone with them.
  await expect(desk.call('accounts.reveal', { server: key, account: first?.id ?? '' })).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('an empty queue, an unknown cluster and a server that is not there are told as nothing', async () => {
  await using bench = await openWave(0)
  const { desk, key } = bench
  const none = { people: [], shares: [], against: { ownReason: 0, invited: 0, alone: 0 }, times: [] }
  expect(await desk.call('signups.cluster', { server: key, pattern: 'mail', value: 'nobody.example' })).toEqual(none)
  expect(await desk.call('signups.cluster', { server: 's99', pattern: 'all', value: '' })).toEqual(none)
  expect(await desk.call('signups.rows', { server: 's99', ids: ['1'] })).toEqual({ rows: [] })
})
