import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../../src/shared/contract/rpc.ts'
import { systemClock } from '../../src/shared/system-clock.ts'
import { trial } from './ground.ts'
import { type Way, ways } from './wire-ways.ts'

describe.each(Object.entries(ways))('a wire %s', (_name, open) => {
  let way: Way
  const clients: { close(): void }[] = []
  const newClient = (dial = () => way.dial()) => {
    const client = connect(trial, dial, { clock: systemClock, timeoutMs: 5_000, retryMs: [5, 10, 20] })
    clients.push(client)
    return client
  }
  const sawOf = (client: ReturnType<typeof newClient>) => client.call('trial.seen', {})
  const until = async <T>(ask: () => Promise<T> | T, fits: (answer: T) => boolean): Promise<T> => {
    for (let tries = 0; tries < 1_000; tries++) {
      const answer = await ask()
      if (fits(answer)) return answer
      await new Promise(resolve => setTimeout(resolve, 2))
    }
    throw new Error('never so')
  }
  beforeAll(async () => {
    way = await open()
  })
  afterAll(async () => {
    for (const client of clients) client.close()
    await way.end()
  })

  test('calls, in order and beside one another', async () => {
    const client = newClient()
    const texts = Array.from({ length: 300 }, (_, n) => `text ${n} \n\u2028 é 日本`)
    expect(
      (await Promise.all(texts.map(text => client.call('trial.echo', { text })))).map(answer => answer.text),
    ).toEqual(texts)
    const long = 'x'.repeat(900_000)
    expect((await client.call('trial.echo', { text: long })).text).toBe(long)
  })

  test('what nobody waits for lets all else go before it, keeps its own order, is waited for after all, and not done when it is given up', async () => {
    const client = newClient()
    const came: string[] = []
    const echo = async (text: string, how?: { later: true | AbortSignal; signal?: AbortSignal }) => {
      await client.call('trial.echo', { text }, how)
      came.push(text)
    }
    const { calls } = await sawOf(client)
    const [giveUp, hurry] = [new AbortController(), new AbortController()]
    const goOn = await way.hold?.()
    const later = Array.from({ length: 40 }, (_, n) => echo(`later ${n}`, { later: true }))
    const given = echo('given up', { later: true, signal: giveUp.signal })
    const rest = [echo('hurried', { later: hurry.signal }), echo('now')]
    giveUp.abort()
    hurry.abort()
    goOn?.()
    await expect(given).rejects.toMatchObject({ code: 'cancelled' })
    await Promise.all([...later, ...rest])
    for (const soon of ['now', 'hurried']) expect(came.indexOf(soon)).toBeLessThan(20)
    expect(came.filter(text => text.startsWith('later'))).toEqual(Array.from({ length: 40 }, (_, n) => `later ${n}`))
    expect((await sawOf(client)).calls).toBe(calls + 42)
  })

  test('refuses input out of shape and unknown methods, naming the place', async () => {
    const client = newClient()
    await expect(client.call('trial.echo', JSON.parse('{"text":7}'))).rejects.toMatchObject({
      code: 'invalid-input',
      detail: { path: 'text', method: 'trial.echo' },
    })
    await expect(client.call(JSON.parse('"__proto__"'), {})).rejects.toMatchObject({
      code: 'invalid-input',
      detail: { reason: 'unknown-method' },
    })
    await expect(client.call(JSON.parse('"constructor"'), {})).rejects.toMatchObject({ code: 'invalid-input' })
  })

  test('keeps its errors closed: a known failure whole, a fault without its text, a bad answer not at all', async () => {
    const client = newClient()
    await expect(client.call('trial.fail', { how: 'known' })).rejects.toMatchObject({
      code: 'conflict',
      detail: { reason: 'trial', seconds: 3 },
    })
    for (const how of ['unknown', 'bad-output', 'no-text'] as const) {
      const failure = await client.call('trial.fail', { how }).then(
        () => 'answered',
        (error: unknown) => JSON.stringify(error),
      )
      expect(failure).toContain('internal')
      expect(failure).not.toContain('secret')
    }
    const { faults } = await sawOf(client)
    expect([faults.some(fault => fault.includes('boom')), faults.some(fault => fault.includes('Do not know'))]).toEqual(
      [true, true],
    )
  })

  test('gives up a call: the handler hears of it, the caller at once', async () => {
    const client = newClient()
    const { aborted } = await sawOf(client)
    const giveUp = new AbortController()
    const call = client.call('trial.wait', { name: 'cancel' }, { signal: giveUp.signal })
    await until(
      () => client.call('trial.release', { name: 'nobody' }),
      answer => answer.waiting > 0,
    )
    giveUp.abort()
    await expect(call).rejects.toMatchObject({ code: 'cancelled' })
    await until(
      () => sawOf(client),
      seen => seen.aborted === aborted + 1,
    )
  })

  test('a call that takes too long fails and is given up', async () => {
    const client = newClient()
    const { aborted } = await sawOf(client)
    await expect(client.call('trial.wait', { name: 'late' }, { timeoutMs: 30 })).rejects.toMatchObject({
      code: 'timeout',
    })
    await until(
      () => sawOf(client),
      seen => seen.aborted === aborted + 1,
    )
  })

  test('pushes only what is watched, and gathers while the last was not seen', async () => {
    const client = newClient()
    let [echoes, others] = [0, 0]
    const stop = client.watch(['echo'], () => void echoes++)
    client.watch(['other'], () => void others++)
    await client.call('trial.touch', { topics: ['echo'], times: 1 })
    await until(
      () => echoes,
      count => count === 1,
    )
    await client.call('trial.touch', { topics: ['echo', 'unwatched'], times: 500 })
    await until(
      () => echoes,
      count => count > 1,
    )
    await client.call('trial.echo', { text: '' })
    expect(echoes).toBeLessThan(50)
    expect(others).toBe(0)
    stop()
    const before = echoes
    await client.call('trial.touch', { topics: ['echo'], times: 5 })
    await client.call('trial.touch', { topics: ['other'], times: 1 })
    await until(
      () => others,
      count => count > 0,
    )
    expect(echoes).toBe(before)
  })

  test('more calls than fit wait their turn, and none is lost', async () => {
    const client = newClient()
    const names = Array.from({ length: 100 }, (_, n) => `turn ${n}`)
    const calls = names.map(name => client.call('trial.wait', { name }))
    const helper = newClient()
    await until(
      () => helper.call('trial.release', { name: 'nobody' }),
      answer => answer.waiting >= 64,
    )
    expect((await helper.call('trial.release', { name: 'nobody' })).waiting).toBe(64)
    const answered = Promise.all(calls)
    for (const name of names)
      await until(
        () => helper.call('trial.release', { name }),
        () => true,
      )
    for (let tries = 0; tries < 50; tries++)
      for (const name of names.slice(60)) await helper.call('trial.release', { name })
    expect((await answered).map(answer => answer.name)).toEqual(names)
  })

  test('a wire that is cut: calls in flight fail, never twice; then it comes back with what it watched', async () => {
    const client = newClient()
    let stale = 0
    client.watch(['echo'], () => void stale++)
    const states: string[] = []
    client.onState(state => void states.push(state))
    await client.call('trial.echo', { text: 'before' })
    const lost = client.call('trial.wait', { name: 'lost' })
    const hangUp = client.call('trial.hangUp', {})
    await expect(lost).rejects.toMatchObject({ code: 'disconnected' })
    await hangUp.catch(() => {})
    expect((await client.call('trial.echo', { text: 'after' })).text).toBe('after')
    await until(
      () => stale,
      count => count >= 1,
    )
    const before = stale
    await client.call('trial.touch', { topics: ['echo'], times: 1 })
    await until(
      () => stale,
      count => count > before,
    )
    expect(states.slice(-3)).toEqual(['open', 'connecting', 'open'])
  })

  test('a bad frame closes its own wire only', async () => {
    const good = newClient()
    await good.call('trial.echo', { text: 'here' })
    const noId = '{"t":"call","id":"1","m":"trial.echo","p":{}}'
    for (const bad of ['no json', '{}', noId, '[]', 'null', '{"t":"watch","topics":[1]}']) {
      const wire = await way.dial()
      const closed = new Promise<void>(resolve => wire.listen({ text: () => {}, close: resolve }))
      wire.send(bad)
      await closed
    }
    expect((await good.call('trial.echo', { text: 'still' })).text).toBe('still')
  })
})

test('a door that cannot open says why to everyone who waits', async () => {
  const { Failure } = await import('../../src/shared/contract/failure.ts')
  const client = connect(trial, () => Promise.reject(new Failure('newer-data')), { clock: systemClock, retryMs: [5] })
  await expect(client.call('trial.echo', { text: '' })).rejects.toMatchObject({ code: 'newer-data' })
  client.close()
  await expect(client.call('trial.echo', { text: '' })).rejects.toMatchObject({ code: 'disconnected' })
})
