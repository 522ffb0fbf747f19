import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { existsSync, watch } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { doorBounds } from '../../bin/built.mjs'
import { openData } from '../../src/main/engine/db/open.ts'
import { appendLog } from '../../src/main/engine/log/append.ts'
import { newWriterSecret, writerOf } from '../../src/main/engine/log/writer.ts'
import { ask } from '../unit/doors/loopback-ground.ts'

/** The programs as they are built and started: by themselves, with signals. */
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'howdah-cli-'))
})
afterEach(() => rm(folder, { recursive: true }))

const env = { ...process.env, HOWDAH_BUILD: 'never' }
const run = (words: string[]) =>
  new Promise<{ code: number; out: string; err: string }>(done =>
    execFile(process.execPath, [resolve('bin/howdah.mjs'), ...words], { env }, (error, out, err) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    ),
  )

/** The first line that a program prints. */
const firstLine = (child: ChildProcess) =>
  new Promise<string>((heard, failed) => {
    child.stdout?.once('data', data => heard(String(data)))
    child.once('exit', code => failed(new Error(`ended with ${code}`)))
  })
const ended = (child: ChildProcess) =>
  new Promise<{ code: number | null; rest: string }>(done => {
    let rest = ''
    child.stdout?.on('data', data => {
      rest += data
    })
    child.once('exit', code => done({ code, rest }))
  })

test('the built command line: help, version, codes, and one exact line from each server', async () => {
  expect((await run(['--help'])).out).toContain('howdah web')
  expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect(await run(['web', '--frob'])).toMatchObject({ code: 2, out: '' })
  expect(await run(['servers', '--json', '--data', folder])).toMatchObject({ code: 0, out: '[]\n', err: '' })

  const sampleRun = spawn(process.execPath, [resolve('bin/howdah.mjs'), 'sample', '--control', 'c'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const sampleLine = await firstLine(sampleRun)
  expect(sampleLine).toMatch(/^Sample server at http:\/\/127\.0\.0\.1:\d+\n$/)
  expect((await fetch(`${sampleLine.slice('Sample server at '.length).trim()}/api/v2/instance`)).status).toBe(200)
  const sampleEnd = ended(sampleRun)
  sampleRun.kill('SIGTERM')
  expect(await sampleEnd).toEqual({ code: 0, rest: '' })
})

test('howdah web: one line, a page behind its code, a new code on Enter, a second one joins, SIGTERM ends it cleanly', async () => {
  const web = spawn(process.execPath, [resolve('out/main/web.js'), '--no-open', '--sample', '--data', folder], {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const line = await firstLine(web)
  expect(line).toMatch(/^Howdah is open at http:\/\/127\.0\.0\.1:\d+\/\?code=[A-Za-z0-9_-]{43}\n$/)
  const address = new URL(line.slice('Howdah is open at '.length).trim())
  const port = Number(address.port)
  expect((await ask(port, `${address.pathname}${address.search}`)).status).toBe(303)
  expect((await ask(port, `${address.pathname}${address.search}`)).status).toBe(401)

  const pressed = new Promise<string>(heard =>
    web.stderr?.on('data', data => String(data).includes('?code=') && heard(String(data))),
  )
  web.stdin?.write('\n')
  const fresh = /\/\?code=[A-Za-z0-9_-]{43}/.exec(await pressed)?.[0] ?? ''
  expect((await ask(port, fresh)).status).toBe(303)

  const second = await run(['web', '--no-open', '--data', folder])
  expect(second).toMatchObject({ code: 0, err: 'Howdah is already open; this is a new code for it.\n' })
  expect(new URL(second.out.slice('Howdah is open at '.length)).port).toBe(address.port)
  expect(JSON.parse((await run(['servers', '--json', '--data', folder])).out)).toMatchObject([
    { signedIn: true, sealedBy: 'key-file' },
  ])

  const end = ended(web)
  web.kill('SIGTERM')
  expect(await end).toEqual({ code: 0, rest: '' })
  expect(existsSync(join(folder, 'owner.sock'))).toBe(false)

  const again = spawn(process.execPath, [resolve('out/main/web.js'), '--no-open', '--sample', '--data', folder], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await firstLine(again)
  expect(
    JSON.parse((await run(['servers', '--json', '--data', folder])).out),
    'the sample is the same server as before',
  ).toHaveLength(1)
  const endAgain = ended(again)
  again.kill('SIGINT')
  expect(await endAgain).toEqual({ code: 0, rest: '' })
})

test('who reads may go, a full disk may not, and no export is left lying about', async () => {
  const shell = (line: string) =>
    new Promise<{ code: number; out: string; err: string }>(done =>
      execFile('bash', ['-o', 'pipefail', '-c', line], { env }, (error, out, err) =>
        done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
      ),
    )
  const howdah = (words: string) => `"${process.execPath}" "${resolve('out/main/cli.js')}" ${words} --data "${folder}"`
  const head = await shell(`${howdah('log export --format jsonl')} | head -c 1`)
  expect(head).toMatchObject({ code: 0, out: '{' })
  expect(await readdir(join(folder, 'exports'))).toEqual([])
  const lost = await shell(`${howdah('log export --format jsonl')} > /dev/full`)
  expect(lost).toMatchObject({ code: 1, err: expect.stringContaining('Standard output cannot be written (ENOSPC)') })
  expect(await readdir(join(folder, 'exports'))).toEqual([])
  // Nobody hears the notes: the work is done all the same.
  const unheard = await shell(`{ ${howdah('reports --json')} 2>&1 >&3 | true; } 3>&1`)
  expect(unheard).toMatchObject({ code: 0, out: '[]\n' })
})

test('a signal ends a command as signals do, after the engine ended; an option may stand before any command', async () => {
  const waits = spawn(
    process.execPath,
    [resolve('bin/howdah.mjs'), '--data', folder, 'signin', '--server', 'http://127.0.0.1:1', '--token-stdin'],
    { env, stdio: ['pipe', 'pipe', 'pipe'] },
  )
  await expect.poll(() => existsSync(join(folder, 'owner.sock')), { timeout: 10_000 }).toBe(true)
  const gone = new Promise<string | null>(done => waits.once('exit', (_code, signal) => done(signal)))
  waits.kill('SIGTERM')
  expect(await gone).toBe('SIGTERM')
  expect(existsSync(join(folder, 'owner.sock')), 'the engine was closed, not cut off').toBe(false)

  const web = spawn(process.execPath, [resolve('bin/howdah.mjs'), '--data', folder, 'web', '--no-open'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  expect(await firstLine(web)).toMatch(/^Howdah is open at http:/)
  const end = ended(web)
  // Its words reach nobody any more, and it goes on until it is told to end.
  web.stderr?.destroy()
  web.kill('SIGTERM')
  expect((await end).code).toBe(0)
})

test('a server ends with the program that started it, even when that is killed', async () => {
  const words = [resolve('bin/howdah.mjs'), 'sample', '--reports', '1', '--accounts', '1']
  const wrapper = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const url = (await firstLine(wrapper)).slice('Sample server at '.length).trim()
  const answers = () =>
    fetch(`${url}/api/v2/instance`).then(
      () => true,
      () => false,
    )
  expect(await answers()).toBe(true)
  wrapper.kill('SIGKILL')
  await expect.poll(answers, { timeout: 10_000 }).toBe(false)
})

test('the door has its bound of memory however it is started', () => {
  // Whoever runs, the program and what it starts, says what its Node was told.
  const says = "if (process.argv[1].includes('out')) process.stderr.write('told ' + process.execArgv + '.')"
  const told = { ...env, NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(says)}` }
  for (const words of [
    ['web', '--frob'],
    ['--no-open', 'web', '--frob'],
  ]) {
    const all = [resolve('bin/howdah.mjs'), ...words]
    const { stderr } = spawnSync(process.execPath, all, { env: told, encoding: 'utf8' })
    expect([words, stderr]).toEqual([words, expect.stringContaining(`told ${doorBounds}.`)])
  }
})

test('no schema becomes code in a program, in its thread of the engine or in the door', async () => {
  const says = `globalThis.Function = new Proxy(Function, {
    construct: (made, words) => {
      if (words.join().includes('payload') || words.join() === '') process.stderr.write('code: ' + words.join() + '.')
      return Reflect.construct(made, words)
    },
  })`
  const told = { ...env, NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(says)}` }
  const all = [resolve('bin/howdah.mjs'), 'servers', '--json', '--data', folder]
  expect(spawnSync(process.execPath, all, { env: told, encoding: 'utf8' })).toMatchObject({
    stdout: '[]\n',
    stderr: '',
  })

  const words = [resolve('bin/howdah.mjs'), 'web', '--no-open', '--data', folder]
  const door = spawn(process.execPath, words, { env: told, stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  door.stderr.on('data', data => {
    said += data
  })
  await firstLine(door)
  const end = ended(door)
  door.kill('SIGTERM')
  expect([await end, said]).toEqual([{ code: 0, rest: '' }, ''])
})

/** A data folder whose log makes a file of some 60 MB, so that writing it can be cut in the middle. */
const fillLog = async () => {
  expect((await run(['servers', '--data', folder])).code).toBe(0)
  const data = openData(folder, Date.now())
  const writer = writerOf(newWriterSecret())
  const facts = { large: 'x'.repeat(50_000) }
  data.gate.write(['log'], db => {
    for (let n = 0; n < 1_200; n += 1)
      appendLog(db, writer, Date.now(), { source: 'did', action: 'decision.done', server: null, facts })
  })
  data.close()
}

/** When a file that is only begun stands in a folder. */
const begun = (where: string) =>
  new Promise<void>(resolve => {
    const watching = watch(where, (_event, name) => {
      if (!name?.endsWith('.part')) return
      watching.close()
      resolve()
    })
  })

test('a signal in the middle of an export or a backup leaves nothing, neither there nor here; two backups at once are both made', async () => {
  await fillLog()
  const out = join(folder, 'out')
  await mkdir(out)
  const before = await readdir(folder)
  const [log, backup] = [join(out, 'log.jsonl'), join(out, 'desk.howdah')]
  const cut = async (words: string[], where: string, signal: NodeJS.Signals) => {
    const child = spawn(process.execPath, [resolve('out/main/cli.js'), ...words, '--data', folder], {
      env,
      stdio: 'ignore',
    })
    const gone = new Promise<string | number | null>(done => child.once('exit', (code, by) => done(by ?? code)))
    await begun(where)
    child.kill(signal)
    expect([words, await gone]).toEqual([words, signal])
    expect([words, await readdir(out)]).toEqual([words, []])
    expect((await readdir(folder)).filter(name => !before.includes(name) && !/-(wal|shm)$/.test(name))).toEqual([])
  }
  await cut(['log', 'export', '--format', 'jsonl', '--personal', '--output', log], out, 'SIGINT')
  // First the vault is copied, here; then the copy is written there.
  await cut(['backup', backup], folder, 'SIGTERM')

  const web = spawn(process.execPath, [resolve('out/main/web.js'), '--no-open', '--data', folder], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await firstLine(web)
  const both = await Promise.all([backup, `${backup}-2`].map(file => run(['backup', file, '--data', folder])))
  expect(both.map(({ code, err }) => [code, err])).toEqual([
    [0, expect.stringContaining('Not encrypted')],
    [0, expect.stringContaining('Not encrypted')],
  ])
  const end = ended(web)
  web.kill('SIGTERM')
  expect((await end).code).toBe(0)
}, 90_000)
