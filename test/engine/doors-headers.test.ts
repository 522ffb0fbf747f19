import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listenForCallback } from '../../src/main/doors/callback-listener.ts'
import { type PageFile, readPage } from '../../src/main/doors/page-files.ts'
import { Failure } from '../../src/shared/contract/failure.ts'
import {
  type Answer,
  ask,
  enter,
  openSocket,
  passOf,
  sendRaw,
  startDoor,
  upgradeLines,
} from '../unit/doors/loopback-ground.ts'
import { until } from './ground.ts'

/** Every route of the door in every way of asking that gives it another status: no answer may lack what keeps other pages from it. */
const EXPORT = 'howdah-log-1.csv'
let folder = ''
let page: ReadonlyMap<string, PageFile>
let door: Awaited<ReturnType<typeof startDoor>>
let locked = false
const finish = async () => {
  throw new Failure('not-found', { reason: 'failure.sign-in-unknown' })
}
beforeAll(async () => {
  if (!existsSync(resolve('out/renderer/index.html'))) throw new Error('out/ is missing: run "npm run build" first')
  folder = await mkdtemp(join(tmpdir(), 'howdah-headers-'))
  await mkdir(join(folder, 'exports'))
  await writeFile(join(folder, 'exports', EXPORT), 'seq,at\n')
  page = await readPage(resolve('out/renderer'))
  // A page that breaks where it should be answered: what nobody foresaw.
  const broken = new Map(page)
  broken.get = path => {
    if (path === '/broken') throw new Error('broken')
    return page.get(path)
  }
  door = await startDoor(folder, { arrivalMs: 300, page: broken, finish, isLocked: async () => locked })
})
afterAll(async () => {
  await door.close()
  await rm(folder, { recursive: true })
})

const needed: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
}
const faultsOf = (what: string, { headers, status }: Answer): string[] => [
  ...Object.entries(needed).flatMap(([name, value]) => (headers.get(name) === value ? [] : [`${what}: ${name}`])),
  ...[...headers.keys()].filter(name => name.startsWith('access-control')).map(name => `${what}: ${name}`),
  ...(headers.has('set-cookie') && status !== 303 ? [`${what}: sets a cookie`] : []),
]

test('every route and every status of the door carries all of them, and allows no other page anything', async () => {
  const { port, host, entry, clock } = door
  const cookie = await enter(port, entry.newCode())
  const tab = await openSocket(host, cookie).greet()
  const routes = [
    ...page.keys(),
    `/exports/${EXPORT}?pass=${passOf(tab, EXPORT)}`,
    `/exports/${EXPORT}`,
    `/exports/none.csv?pass=${passOf(tab, 'none.csv')}`,
    '/favicon.ico',
    '/wire',
    '/nothing',
    '/broken',
    '/callback',
    `/callback?code=x&state=${'S'.repeat(43)}`,
    '/?code=guess',
  ]
  expect(routes.length).toBeGreaterThan(15)
  const own = `Host: ${host}`
  const raw = (first: string, ...lines: string[]) =>
    sendRaw(port, [first, ...lines, 'Connection: close', '', ''].join('\r\n'))
  const faults: string[] = []
  const statuses = new Set<number>()
  const look = (what: string, answer: Answer) => {
    statuses.add(answer.status)
    faults.push(...faultsOf(`${what} ${answer.status}`, answer))
  }
  for (const route of routes) {
    clock.pass(61_000)
    const origin = `Origin: http://${host}`
    look(`GET ${route}`, await ask(port, route, [cookie]))
    look(`bare ${route}`, await ask(port, route))
    for (const method of ['POST', 'HEAD', 'OPTIONS'])
      look(`${method} ${route}`, await ask(port, route, [cookie], method))
    look(`other site ${route}`, await ask(port, route, [cookie, 'Sec-Fetch-Site: cross-site']))
    look(`other name ${route}`, await raw(`GET ${route} HTTP/1.1`, 'Host: evil.example', cookie))
    look(`expecting ${route}`, await raw(`GET ${route} HTTP/1.1`, own, cookie, 'Expect: 200-maybe'))
    const knock = [`GET ${route} HTTP/1.1`, own, ...upgradeLines, origin]
    look(`socket ${route}`, await sendRaw(port, [...knock, cookie, '', ''].join('\r\n'), true))
    look(`bare socket ${route}`, await sendRaw(port, [...knock, '', ''].join('\r\n'), true))
    look(
      `half a socket ${route}`,
      await sendRaw(port, [...knock.filter(line => !line.includes('-Key')), cookie, '', ''].join('\r\n'), true),
    )
  }
  // What belongs to no route, or needs more than one knock.
  look('a right code', await ask(port, `/?code=${entry.newCode()}`))
  look('no HTTP', await raw('no http at all'))
  look('too long', await ask(port, '/', [`X: ${'a'.repeat(17_000)}`]))
  look('too slow', await sendRaw(port, `GET / HTTP/1.1\r\n${own}\r\n`))
  look('a tunnel', await raw(`CONNECT ${host} HTTP/1.1`, own))
  look('a body that waits', await raw('POST / HTTP/1.1', own, 'Expect: 100-continue', 'Content-Length: 9'))
  locked = true
  look('locked', await ask(port, routes.find(route => route.includes('pass=')) ?? '', [cookie]))
  locked = false
  clock.pass(61_000)
  for (let n = 0; n < 10; n += 1) await ask(port, `/?code=guess-${n}`)
  const late = ask(port, '/?code=guess')
  await until(
    () => clock.waiting(),
    waiting => waiting > 0,
  )
  clock.pass(10_000)
  look('too many codes', await late)
  let newest = ''
  // One is open.
  for (let n = 1; n < 32; n += 1) {
    newest = await enter(port, entry.newCode())
    await openSocket(host, newest).greet()
  }
  look(
    'full',
    await sendRaw(
      port,
      [`GET /wire HTTP/1.1`, own, ...upgradeLines, `Origin: http://${host}`, newest, '', ''].join('\r\n'),
      true,
    ),
  )
  expect(faults).toEqual([])
  const all = [101, 200, 204, 303, 400, 401, 403, 404, 405, 408, 417, 421, 423, 429, 431, 500, 503]
  expect([...statuses].sort((one, other) => one - other)).toEqual(all)
})

test('so does every answer of the listener for one sign-in', async () => {
  const listener = await listenForCallback(finish)
  const port = Number(new URL(listener.redirect).port)
  const raw = (first: string, ...lines: string[]) =>
    sendRaw(port, [first, ...lines, 'Connection: close', '', ''].join('\r\n'))
  const answers = {
    stray: await ask(port, `/callback?code=x&state=${'S'.repeat(43)}`),
    icon: await ask(port, '/favicon.ico'),
    nothing: await ask(port, '/'),
    post: await ask(port, '/', [], 'POST'),
    site: await ask(port, '/', ['Sec-Fetch-Site: cross-site']),
    name: await raw('GET / HTTP/1.1', 'Host: evil.example'),
    noHttp: await raw('no http at all'),
    long: await ask(port, '/', [`X: ${'a'.repeat(17_000)}`]),
    tunnel: await raw('CONNECT x:1 HTTP/1.1', 'Host: x'),
    expecting: await raw('GET / HTTP/1.1', `Host: 127.0.0.1:${port}`, 'Expect: 200-maybe'),
  }
  listener.close()
  expect(Object.values(answers).map(({ status }) => status)).toEqual([404, 204, 404, 405, 403, 421, 400, 431, 405, 417])
  expect(Object.entries(answers).flatMap(([what, answer]) => faultsOf(what, answer))).toEqual([])
})
