import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, connect as connectSocket, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type SampleServer, startSampleServer } from '../../src/main/sample/server.ts'
import { contract } from '../../src/shared/contract/index.ts'
import { connect } from '../../src/shared/contract/rpc.ts'
import { socketWire, type Wire } from '../../src/shared/contract/wires.ts'
import { systemClock } from '../../src/shared/system-clock.ts'
import { type Answer, sendRaw } from '../unit/doors/loopback-ground.ts'
import { consent } from './sign-in-ground.ts'

let sample: SampleServer
let folder = ''
beforeAll(async () => {
  if (!existsSync(resolve('out/main/web.js'))) throw new Error('out/ is missing: run "npm run build" first')
  sample = await startSampleServer({ colleagues: false, reports: 5, accounts: 50 })
})
afterAll(() => sample.close())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'howdah-forward-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** What `ssh -L` does: takes lines on a port of its own and carries their bytes to another, knowing nothing of them. */
const forward = async (to: number) => {
  const open = new Set<Socket>()
  const server = createServer(near => {
    const far = connectSocket(to, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => open.delete(one))
    }
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy()
      await new Promise(done => server.close(done))
    },
  }
}

const start = (script: string, args: readonly string[]) =>
  spawn(process.execPath, [resolve(`out/main/${script}.js`), ...args, '--no-open', '--data', folder], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
const hear = (stream: ChildProcess['stdout'], shape: RegExp) =>
  new Promise<string>((done, failed) => {
    let heard = ''
    stream?.on('data', data => {
      heard += String(data)
      const found = shape.exec(heard)?.[0]
      if (found !== undefined) done(found)
    })
    stream?.once('close', () => failed(new Error(`only: ${heard}`)))
  })
const ended = (child: ChildProcess) => new Promise<number | null>(done => child.once('exit', done))

/** A browser on the near side: the address that it was given says `port`, and its bytes go into the forwarded one. */
const browser = (through: number, port: number) => {
  const host = `127.0.0.1:${port}`
  return {
    ask: (target: string, ...headers: string[]): Promise<Answer> =>
      sendRaw(
        through,
        [`GET ${target} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...headers, '', ''].join('\r\n'),
      ),
    page: (cookie: string) => {
      const dial = () =>
        new Promise<Wire>((done, failed) => {
          const socket = new WebSocket(`ws://127.0.0.1:${through}/wire`, {
            origin: `http://${host}`,
            headers: { Cookie: cookie, Host: host },
          })
          socket.once('error', failed)
          socket.once('open', () => socket.send('{"tab":null}'))
          socket.once('message', () => done(socketWire(socket)))
        })
      return connect(contract, dial, { clock: systemClock })
    },
  }
}

test('over ssh -L with the same number: page, wire, and a sign-in whose way back leads through the forwarded port', async () => {
  const web = start('web', [])
  const address = new URL((await hear(web.stdout, /http:\S+/)) ?? '')
  const port = Number(address.port)
  await using tunnel = await forward(port)
  const { ask, page } = browser(tunnel.port, port)
  const opened = await ask(`/${address.search}`)
  expect(opened.status).toBe(303)
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
  expect((await ask('/', `Cookie: ${cookie}`)).body).toContain('<div id="root">')

  const desk = page(cookie)
  const { authorizeUrl } = await desk.call('servers.beginSignIn', {
    url: sample.url,
    redirect: `http://127.0.0.1:${port}/callback`,
  })
  const { back } = await consent(authorizeUrl, 'moderator')
  // As the server sends a browser there: from another site, as a whole page, without a cookie of ours.
  const returned = await ask(
    `/callback?${back}`,
    'Sec-Fetch-Site: cross-site',
    'Sec-Fetch-Mode: navigate',
    'Sec-Fetch-Dest: document',
  )
  expect([returned.status, returned.body.includes('You can close this tab')]).toEqual([200, true])
  expect((await desk.call('servers.list', {})).servers).toMatchObject([{ signedIn: true, tokenFrom: 'browser' }])
  expect((await ask(`/callback?${back}`)).status, 'what comes back counts once').toBe(404)
  desk.close()
  const end = ended(web)
  web.kill('SIGTERM')
  await end
})

test('over ssh -L with another number nothing opens, and the browser is told which number works', async () => {
  const web = start('web', [])
  const address = new URL((await hear(web.stdout, /http:\S+/)) ?? '')
  await using tunnel = await forward(Number(address.port))
  const { ask } = browser(tunnel.port, tunnel.port)
  for (const target of [`/${address.search}`, '/', '/callback?code=x&state=y', '/wire']) {
    const { status, body, headers } = await ask(target)
    expect([target, status, headers.get('set-cookie')]).toEqual([target, 421, undefined])
    expect(body).toContain(`ssh -L ${address.port}:127.0.0.1:${address.port}`)
  }
  // The code was not used up by that.
  expect((await browser(tunnel.port, Number(address.port)).ask(`/${address.search}`)).status).toBe(303)
  const end = ended(web)
  web.kill('SIGTERM')
  await end
})

test('howdah signin over ssh -L: it waits on the port that was forwarded, and says so when that is taken', async () => {
  await using free = await forward(9)
  const taken = start('cli', ['signin', '--server', sample.url, '--port', String(free.port)])
  const why = hear(taken.stderr, /Port \d+ is taken\..+\n/)
  expect([await ended(taken), await why]).toEqual([1, expect.stringContaining(String(free.port))])
  const { port } = free
  await free[Symbol.asyncDispose]()

  const signIn = start('cli', ['signin', '--server', sample.url, '--port', String(port)])
  const said = hear(signIn.stdout, /Signed in to .+\n/)
  const authorizeUrl = await hear(signIn.stderr, /http:\S+\/oauth\/authorize\S+(?=\s)/)
  expect(new URL(authorizeUrl).searchParams.get('redirect_uri')).toBe(`http://127.0.0.1:${port}/callback`)
  await using tunnel = await forward(port)
  const { back } = await consent(authorizeUrl, 'moderator')
  expect((await browser(tunnel.port, port).ask(`/callback?${back}`)).status).toBe(200)
  expect([await ended(signIn), (await said).startsWith('Signed in to ')]).toEqual([0, true])
})
