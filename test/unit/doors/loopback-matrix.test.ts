import { connect as connectSocket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enter, sendRaw, startDoor, upgradeLines } from './loopback-ground.ts'

let door: Awaited<ReturnType<typeof startDoor>>
let cookie = ''
beforeAll(async () => {
  door = await startDoor('/nowhere')
  cookie = await enter(door.port, door.entry.newCode())
})
afterAll(() => door.close())

const hosts = (port: number) => ({
  ours: [`Host: 127.0.0.1:${port}`],
  name: [`Host: localhost:${port}`],
  rebound: [`Host: evil.example:${port}`],
  portless: ['Host: 127.0.0.1'],
  twice: [`Host: 127.0.0.1:${port}`, `Host: 127.0.0.1:${port}`],
  missing: [],
})
const origins = (port: number) => ({
  ours: [`Origin: http://127.0.0.1:${port}`],
  missing: [],
  null: ['Origin: null'],
  secure: [`Origin: https://127.0.0.1:${port}`],
  longer: [`Origin: http://127.0.0.1:${port}.evil.example`],
  neighbour: [`Origin: http://127.0.0.1:${port === 65_535 ? 1024 : port + 1}`],
  upper: [`Origin: HTTP://127.0.0.1:${port}`],
  user: [`Origin: http://evil@127.0.0.1:${port}`],
})
const credentials = () => ({
  ours: [cookie],
  amongOthers: [`Cookie: other=1; ${cookie.slice('Cookie: '.length)}; howdah-1=x`],
  missing: [],
  wrong: [cookie.replace(/=.*/, '=AAAA')],
  otherName: [cookie.replace(/howdah-\d+/, 'howdah-1')],
})
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'] as const
const sites = {
  missing: [],
  'same-origin': ['Sec-Fetch-Site: same-origin'],
  none: ['Sec-Fetch-Site: none', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'],
  'cross-site': ['Sec-Fetch-Site: cross-site'],
  'same-site': ['Sec-Fetch-Site: same-site'],
}

type Cell = { host: string; origin: string; credential: string; method: string; site: string; socket: boolean }

/** The rule in words, once more: written from DESIGN and security.md (L-02 to L-07), not from the code. */
const ruled = ({ host, origin, credential, method, site, socket }: Cell): number => {
  if (host !== 'ours') return 421
  if (method !== 'GET') return 405
  if (site === 'cross-site' || site === 'same-site') return 403
  if (socket && site === 'none') return 403
  if (origin !== 'ours' && !(origin === 'missing' && !socket)) return 403
  if (credential !== 'ours' && credential !== 'amongOthers') return 401
  return socket ? 101 : 200
}

const cells = () => {
  const all: { cell: Cell; text: string }[] = []
  for (const [host, hostLines] of Object.entries(hosts(door.port)))
    for (const [origin, originLines] of Object.entries(origins(door.port)))
      for (const [credential, credentialLines] of Object.entries(credentials()))
        for (const method of methods)
          for (const [site, siteLines] of Object.entries(sites))
            for (const socket of [false, true]) {
              const target = socket ? '/wire' : '/'
              const lines = [
                ...hostLines,
                ...originLines,
                ...credentialLines,
                ...siteLines,
                ...(socket ? upgradeLines : ['Connection: close']),
              ]
              all.push({
                cell: { host, origin, credential, method, site, socket },
                text: [`${method} ${target} HTTP/1.1`, ...lines, '', ''].join('\r\n'),
              })
            }
  return all
}

test('every cell of Host × Origin × cookie × method × Sec-Fetch-Site × transport is answered as the rule says', async () => {
  const left = cells()
  expect(left.length).toBe(6 * 8 * 5 * 7 * 5 * 2)
  const wrong: string[] = []
  const accepted = { pages: 0, sockets: 0 }
  const work = async () => {
    for (let next = left.pop(); next; next = left.pop()) {
      const { status, headers } = await sendRaw(door.port, next.text, true)
      const expected = ruled(next.cell)
      if (status !== expected) wrong.push(`${JSON.stringify(next.cell)}: ${status}, not ${expected}`)
      if (status === 200) accepted.pages += 1
      if (status === 101) accepted.sockets += 1
      else if (headers.get('x-frame-options') !== 'DENY') wrong.push(`${JSON.stringify(next.cell)}: bare headers`)
    }
  }
  await Promise.all(Array.from({ length: 12 }, work))
  expect(wrong.slice(0, 5)).toEqual([])
  // Two cookies, with and without Origin, three Sec-Fetch-Site; sockets need Origin, and no person opens them.
  expect(accepted).toEqual({ pages: 2 * 2 * 3, sockets: 2 * 1 * 2 })
})

test('targets and heads that are no plain path are turned away', async () => {
  const host = `Host: ${door.host}`
  const knock = (first: string, ...lines: string[]) =>
    sendRaw(door.port, [first, ...lines, 'Connection: close', '', ''].join('\r\n'))
  expect((await knock(`GET http://${door.host}/ HTTP/1.1`, host, cookie)).status).toBe(421)
  expect((await knock('GET http://evil.example/ HTTP/1.1', host, cookie)).status).toBe(421)
  expect((await knock('OPTIONS * HTTP/1.1', host, cookie)).status).toBe(421)
  expect((await knock('GET / HTTP/1.0', cookie)).status).toBe(421)
  expect((await knock(`CONNECT ${door.host} HTTP/1.1`, host)).status).toBe(405)
  expect((await knock('GET / HTTP/1.1', host, `X: ${'a'.repeat(17_000)}`)).status).toBe(431)
  expect((await knock('no http at all')).status).toBe(400)
  expect((await knock('GET / HTTP/1.1', host, cookie, 'Expect: 200-maybe')).status).toBe(417)
  for (const path of [
    '/../package.json',
    '/assets/../index.html',
    '/%2e%2e/key',
    '/assets/',
    '//',
    '/index.html',
    '/?x=1',
    '/callback',
    '/exports/../key',
    '/exports/.csv',
    '/exports/a%2Fb.csv',
  ])
    expect([path, (await knock(`GET ${path} HTTP/1.1`, host, cookie)).status]).toEqual([path, 404])
})

test('nobody but this computer can knock', async () => {
  const outside = Object.values(networkInterfaces())
    .flatMap(list => list ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
  for (const address of [...outside.map(one => one.address), '127.0.0.2', '::1']) {
    const reached = await new Promise(resolve => {
      const socket = connectSocket(door.port, address, () => resolve(true))
      socket.on('error', () => resolve(false))
    })
    expect([address, reached]).toEqual([address, false])
  }
})
