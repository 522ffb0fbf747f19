import { afterAll, beforeAll, expect, test } from 'vitest'
import { enter, sendRaw, startDoor, upgradeLines } from './loopback-ground.ts'

/** Names and origins that look like ours, or mean this computer too: one is right, byte for byte. */
let door: Awaited<ReturnType<typeof startDoor>>
let cookie = ''
beforeAll(async () => {
  door = await startDoor('/nowhere')
  cookie = await enter(door.port, door.entry.newCode())
})
afterAll(() => door.close())

/** Other ways to write this computer, and other computers that would like to be it. */
const names = [
  'localhost',
  'LOCALHOST',
  'localhost.',
  'localhost.localdomain',
  'ip6-localhost',
  '127.0.0.1.',
  '127.0.0.2',
  '127.1',
  '127.0.1',
  '127.000.000.001',
  '127.0.0.01',
  '0x7f.0.0.1',
  '0x7f000001',
  '017700000001',
  '2130706433',
  '0',
  '0.0.0.0',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:0:0:1]',
  '::1',
  '127.0.0.1.nip.io',
  '127.0.0.1.evil.example',
  'evil.example',
  'evil.127.0.0.1',
  'x127.0.0.1',
  '127.0.0.1x',
  '127.0.0.1%2eevil.example',
  '127.0.0.1%00',
  '127%2e0%2e0%2e1',
  '127.0.0.1@evil.example',
  'evil.example@127.0.0.1',
  '127.0.0.1:80@evil.example',
  '127.0.0.1#',
  '127.0.0.1?',
  '127.0.0.1/',
  '127.0.0.1\\',
  '127.0.0.1;evil.example',
  '127.0.0.1,evil.example',
  'evil.example,127.0.0.1',
  '１２７.0.0.1',
  '127。0。0。1',
  '127.0.0.1\u00ad',
  '',
]
/** How a port may be said, or not. */
const ports = (port: number) => [
  '',
  ':',
  `:${port}`,
  `:0${port}`,
  `:+${port}`,
  `:${port} `,
  `:${port}.0`,
  `:${port + 1}`,
  ':80',
  `:${port}:${port}`,
]
const bytes = (text: string) => Buffer.from(text).toString('latin1')
const hostsLikeOurs = (port: number) => {
  const all = [...names, '127.0.0.1'].flatMap(name => ports(port).map(said => `${name}${said}`))
  // Blanks around a value are no part of it.
  return [...new Set([...all, `127.0.0.1\t:${port}`, `127.0.0.1: ${port}`, `http://127.0.0.1:${port}`])].filter(
    name => name.trim() !== `127.0.0.1:${port}`,
  )
}

const statusOf = async (lines: readonly string[]) =>
  (await sendRaw(door.port, bytes([...lines, '', ''].join('\r\n')), true)).status
/** Those that were answered otherwise than with a refusal that the rule allows. */
const accepted = async (
  cases: readonly string[],
  ask: (one: string) => Promise<number>,
  refusals: readonly number[],
) => {
  const left = [...cases]
  const wrong: string[] = []
  const work = async () => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) {
      const status = await ask(one)
      if (!refusals.includes(status)) wrong.push(`${one}: ${status}`)
    }
  }
  await Promise.all(Array.from({ length: 12 }, work))
  return wrong
}

test('no other name is taken for ours, for a page or a socket, alone, beside ours or behind it', async () => {
  const hosts = hostsLikeOurs(door.port)
  expect(hosts.length).toBeGreaterThan(400)
  const own = `Host: ${door.host}`
  const page = (...lines: string[]) => statusOf(['GET / HTTP/1.1', ...lines, cookie, 'Connection: close'])
  const socket = (...lines: string[]) =>
    statusOf(['GET /wire HTTP/1.1', ...lines, cookie, `Origin: http://${door.host}`, ...upgradeLines])
  expect([await page(own), await socket(own)], 'ours').toEqual([200, 101])
  for (const ask of [page, socket]) {
    // 400: what is no header at all.
    expect(await accepted(hosts, host => ask(`Host: ${host}`), [421, 400])).toEqual([])
    expect(await accepted(hosts, host => ask(own, `Host: ${host}`), [421, 400])).toEqual([])
    expect(await accepted(hosts, host => ask(`Host: ${host}`, own), [421, 400])).toEqual([])
    for (const lines of [[], [own, own], [`host: ${door.host}`, own], [' ', own]])
      expect([421, 400]).toContain(await ask(...lines))
  }
  // Said in the target: whole addresses are for proxies.
  const targets = [door.host, ...hosts.filter(host => /^[\x21-\x7e]+$/.test(host))].map(host => `http://${host}/`)
  const absolute = (target: string) => statusOf([`GET ${target} HTTP/1.1`, own, cookie, 'Connection: close'])
  expect(await accepted(targets, absolute, [421, 400])).toEqual([])
  // What a proxy would add counts for nothing.
  for (const name of ['X-Forwarded-Host', 'X-Host', 'Forwarded', 'X-Original-Host', ':authority'])
    expect([421, 400]).toContain(await page('Host: evil.example', `${name}: ${door.host}`))
})

test('no other origin is taken for ours, nor none where a socket is opened', async () => {
  const { port, host } = door
  const schemes = ['http', 'https', 'HTTP', 'ws', 'file', 'chrome-extension', 'blob:http', 'null', '']
  const origins = [
    'null',
    'NULL',
    '*',
    '',
    `http://${host}/`,
    `http://${host}/wire`,
    `http://${host} http://evil.example`,
    `http://evil.example http://${host}`,
    `http://${host},http://evil.example`,
    `http:/${host}`,
    `http:\\\\${host}`,
    ...schemes.map(scheme => `${scheme}://${host}`),
    ...hostsLikeOurs(port).map(name => `http://${name}`),
    ...[1, 80, port - 1, port + 1, 9999, 65_536 + port].map(other => `http://127.0.0.1:${other}`),
    `http://${host}.evil.example`,
    `http://evil.example/http://${host}`,
  ].filter(origin => origin.trim() !== `http://${host}`)
  expect(origins.length).toBeGreaterThan(450)
  const own = [`Host: ${host}`, cookie]
  const socket = (...lines: string[]) => statusOf(['GET /wire HTTP/1.1', ...own, ...lines, ...upgradeLines])
  const page = (...lines: string[]) => statusOf(['GET / HTTP/1.1', ...own, ...lines, 'Connection: close'])
  const ours = `Origin: http://${host}`
  expect([await socket(ours), await page(ours)], 'ours').toEqual([101, 200])
  for (const ask of [socket, page]) {
    expect(await accepted(origins, origin => ask(`Origin: ${origin}`), [403, 400])).toEqual([])
    expect(await accepted(origins, origin => ask(ours, `Origin: ${origin}`), [403, 400])).toEqual([])
  }
  for (const lines of [[], [ours, ours], [`Referer: http://${host}/`], [`Sec-WebSocket-Origin: http://${host}`]])
    expect([lines, await socket(...lines)]).toEqual([lines, 403])
})

test('who says where a request comes from says same-origin, but for the page that a person opens as a page', async () => {
  const own = [`Host: ${door.host}`, cookie, 'Connection: close']
  const ask = (target: string, site: string, mode: string, dest: string) =>
    statusOf([
      `GET ${target} HTTP/1.1`,
      ...own,
      `Sec-Fetch-Site: ${site}`,
      `Sec-Fetch-Mode: ${mode}`,
      `Sec-Fetch-Dest: ${dest}`,
    ])
  const sites = ['same-origin', 'none', 'same-site', 'cross-site', 'SAME-ORIGIN', 'None', 'same-origin, none', '']
  const modes = ['navigate', 'no-cors', 'cors', 'same-origin', 'websocket']
  const dests = ['document', 'iframe', 'frame', 'object', 'embed', 'script', 'image', 'style', 'empty', 'serviceworker']
  const wrong: string[] = []
  for (const target of ['/', '/assets/desk.js', '/exports/a.csv', '/favicon.ico'])
    for (const site of sites)
      for (const mode of modes)
        for (const dest of dests) {
          const opened = site === 'none' && target === '/' && mode === 'navigate' && dest === 'document'
          const refused = (await ask(target, site, mode, dest)) === 403
          // An export without its tab's word is refused for that.
          const expected = !(site === 'same-origin' || opened) || target.startsWith('/exports/')
          if (refused !== expected) wrong.push(`${target} ${site} ${mode} ${dest}`)
        }
  expect(wrong).toEqual([])
})
