import { afterEach, expect, test } from 'vitest'
import { type Finish, readReturn } from '../../../src/main/doors/callback.ts'
import { type CallbackListener, listenAnew, listenForCallback } from '../../../src/main/doors/callback-listener.ts'
import { Failure } from '../../../src/shared/contract/failure.ts'
import { oneServer } from '../one-server.ts'
import { ask, sendRaw, startDoor } from './loopback-ground.ts'

const state = 'S'.repeat(43)
const target = `/callback?code=good&state=${state}`
const server = { ...oneServer, domain: 'a<b>.example', origin: 'https://a.example' }
/** An engine that waits for one return, and takes the code `good`. */
const once = (): { finish: Finish; heard: unknown[] } => {
  const heard: unknown[] = []
  const finish: Finish = async returned => {
    if (heard.length > 0 || returned.state !== state)
      throw new Failure('not-found', { reason: 'failure.sign-in-unknown' })
    heard.push(returned)
    if ('error' in returned) throw new Failure('not-allowed', { reason: 'failure.sign-in-denied' })
    return { server }
  }
  return { finish, heard }
}

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})
const door = async (finish: Finish) => {
  const made = await startDoor('/nowhere', { finish })
  open.push(made.close)
  return made
}
const listen = async (finish: Finish, openMs?: number): Promise<CallbackListener & { port: number }> => {
  const made = await listenForCallback(finish, 0, openMs)
  open.push(made.close)
  return { ...made, port: Number(new URL(made.redirect).port) }
}

test('a return is read strictly: one state, one code or an error, nothing else that counts', () => {
  expect(readReturn(target)).toEqual({ state, code: 'good' })
  const iss = 'https://a.example'
  expect(readReturn(`${target}&iss=https%3A%2F%2Fa.example`)).toEqual({ state, code: 'good', iss })
  expect(readReturn(`/callback?error=access_denied&state=${state}&iss=https%3A%2F%2Fa.example`)).toEqual({
    state,
    error: 'access_denied',
    iss,
  })
  expect(readReturn(`/callback?error=access_denied&error_description=No&state=${state}`)).toEqual({
    state,
    error: 'access_denied',
  })
  for (const bad of [
    '/callback',
    '/callback?',
    '/callback/?code=good',
    `/callback?code=good`,
    `/callback?state=${state}`,
    `/callback?code=&state=${state}`,
    `/callback?code=a%20b&state=${state}`,
    `/callback?code=a&code=b&state=${state}`,
    `/callback?code=good&state=${state}&state=${state}`,
    `/callback?code=good&state=${state}&iss=https%3A%2F%2Fa.example&iss=https%3A%2F%2Fb.example`,
    `/callback?code=good&state=${state}&iss=`,
    `/callback?code=good&state=${state}x`,
    `/callback?error=%3Cscript%3E&state=${state}`,
    `/callback?code=${'x'.repeat(600)}&state=${state}`,
    `/other?code=good&state=${state}`,
  ])
    expect([bad, readReturn(bad)]).toEqual([bad, undefined])
})

const page = ['Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document']
test.each(['cross-site', 'same-site', 'none', 'same-origin'])(
  'the door takes a return that comes as a page (%s), without a cookie, once',
  async site => {
    const { finish, heard } = once()
    const { port } = await door(finish)
    const lines = [`Sec-Fetch-Site: ${site}`, ...page]
    const first = await ask(port, target, lines)
    expect([first.status, heard]).toEqual([200, [{ state, code: 'good' }]])
    expect(first.body).toContain('You can close this tab')
    expect(first.body).toContain('a&lt;b&gt;.example')
    expect(first.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(first.headers.get('set-cookie')).toBeUndefined()
    const second = await ask(port, target, lines)
    expect(second.status).toBe(404)
    expect(second.body).toContain('waits for no such sign-in')
  },
)

test('no other way of asking from elsewhere reaches it, and nothing else is opened by it', async () => {
  const { finish, heard } = once()
  const { port } = await door(finish)
  for (const dest of ['iframe', 'image', 'script', 'empty', 'object', 'frame'])
    for (const mode of ['navigate', 'no-cors', 'cors']) {
      const { status } = await ask(port, target, [
        'Sec-Fetch-Site: cross-site',
        `Sec-Fetch-Mode: ${mode}`,
        `Sec-Fetch-Dest: ${dest}`,
      ])
      expect([dest, mode, status]).toEqual([dest, mode, 403])
    }
  expect((await ask(port, target, ['Sec-Fetch-Site: cross-site'])).status).toBe(403)
  expect((await ask(port, target, ['Origin: https://evil.example', ...page])).status).toBe(403)
  expect((await ask(port, target, page, 'POST')).status).toBe(405)
  expect(
    (await sendRaw(port, `GET ${target} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`)).status,
  ).toBe(421)
  for (const path of ['/', '/?callback?', '/exports/x.csv', '/callback', '/callbacks?code=1'])
    expect([path, (await ask(port, path, ['Sec-Fetch-Site: cross-site', ...page])).status]).toEqual([path, 403])
  expect((await ask(port, '/callback?x=1')).status).toBe(401)
  expect(heard).toEqual([])
  const icon = await ask(port, '/favicon.ico', ['Sec-Fetch-Site: same-origin'])
  expect([icon.status, icon.body]).toEqual([204, ''])
})

test('the listener: a thousand strays do not end it, the first return does, then nobody is there', async () => {
  const { finish } = once()
  const { port, redirect, ended } = await listen(finish)
  expect(redirect).toBe(`http://127.0.0.1:${port}/callback`)
  const strays: [target: string, status: number, method?: string][] = [
    [`/callback?code=good&state=${'T'.repeat(43)}`, 404],
    [`/callback?error=access_denied&state=${'T'.repeat(43)}`, 404],
    ['/callback', 404],
    ['/favicon.ico', 204],
    ['/', 404],
    [target, 405, 'POST'],
    [target.replace('code', 'CODE'), 404],
    [`/callback?code=good&state=${state}&state=${state}`, 404],
  ]
  const seen = new Set<string>()
  for (let n = 0; n < 1_000; n += 20)
    await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        const [stray, status, method] = strays[(n + at) % strays.length] ?? ['/', 404]
        seen.add(`${stray} ${status === (await ask(port, stray, [], method)).status}`)
      }),
    )
  expect([...seen].filter(one => !one.endsWith('true'))).toEqual([])
  expect(seen.size).toBe(strays.length)
  expect((await ask(port, '/favicon.ico')).status).toBe(204)
  expect((await ask(port, '/')).status).toBe(404)
  expect((await ask(port, target, ['Sec-Fetch-Site: cross-site'])).status).toBe(403)
  expect((await ask(port, target, ['Sec-Fetch-Site: cross-site', ...page])).status).toBe(200)
  expect(await ended).toEqual({ server })
  await expect(ask(port, target)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test('the listener ends with the person’s no, and after its time', async () => {
  const { finish } = once()
  const denied = await listen(finish)
  const answer = await ask(denied.port, `/callback?error=access_denied&state=${state}`)
  expect([answer.status, answer.body.includes('You said no')]).toEqual([400, true])
  await expect(denied.ended).rejects.toMatchObject({ detail: { reason: 'failure.sign-in-denied' } })
  const late = await listen(once().finish, 20)
  await expect(late.ended).rejects.toMatchObject({ code: 'timeout' })
  await expect(ask(late.port, target)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test('who listens anew listens no longer where it did', async () => {
  const { listen: anew, close } = listenAnew(once().finish)
  open.push(close)
  const [first, second] = [await anew(), await anew()]
  await expect(ask(Number(new URL(first).port), target)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  expect((await ask(Number(new URL(second).port), target)).status).toBe(200)
  // A page that asks many times at once, too, leaves one behind.
  const ports = (await Promise.all([anew(), anew(), anew()])).map(url => Number(new URL(url).port))
  const refused = await Promise.allSettled(ports.map(port => ask(port, '/favicon.ico')))
  expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
})
