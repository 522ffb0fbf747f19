import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { runCommand } from '../../src/main/doors/cli/run.ts'
import { type SampleServer, startSampleServer } from '../../src/main/sample/server.ts'
import { ask } from '../unit/doors/loopback-ground.ts'

/** The built engine, since each command starts one: from sources that takes three times as long. */
const enginePath = resolve('out/main/engine.js')
let sample: SampleServer
let folder = ''
beforeAll(async () => {
  if (!existsSync(enginePath)) throw new Error('out/ is missing: run "npm run build" first')
  sample = await startSampleServer({ colleagues: false, reports: 60, accounts: 300 })
})
afterAll(() => sample.close())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'howdah-cli-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Runs a command in this process: what it printed, and its exit code. */
const howdah = async (line: string, stdin = '') => {
  const said = { out: '', note: '' }
  const print = {
    out: (text: string) => {
      said.out += text
    },
    note: (text: string) => {
      said.note += text
    },
    columns: undefined,
  }
  const argv = line.includes('--data ') ? line.split(' ') : [...line.split(' '), '--data', folder]
  const code = await runCommand({
    argv,
    print,
    stdin: Readable.from([stdin]),
    enginePath,
    root: resolve('.'),
    version: '0',
  })
  return { ...said, code }
}
const signIn = () => howdah(`signin --server ${sample.url} --token-stdin`, 'admin\n')

test('sign in, fetch, list, export, verify, sign out: the main job of a cron job', async () => {
  expect(await howdah('servers --json')).toMatchObject({ code: 0, out: '[]\n' })
  const signed = await signIn()
  expect(signed).toMatchObject({ code: 0, note: '' })
  expect(signed.out).toMatch(/^Signed in to \S+ as @\w+ \(.+\)\.\n$/)

  const synced = await howdah('sync')
  expect(synced).toMatchObject({ code: 0, out: '' })
  expect(synced.note).toContain('open reports: complete')

  const open = JSON.parse((await howdah('reports --json')).out)
  const expected = [...sample.world.reports.all()].filter(report => report.actionTakenAt === null)
  expect(open.map((row: { id: string }) => row.id).sort()).toEqual(expected.map(({ id }) => id).sort())
  expect(Object.keys(open[0])).toEqual([
    'server',
    'id',
    'category',
    'comment',
    'createdAt',
    'resolvedAt',
    'resolvedBy',
    'assignedTo',
    'target',
    'reporterDomain',
    'posts',
    'openOnTarget',
  ])
  const table = await howdah('reports --limit 2')
  expect(table.out.split('\n')).toHaveLength(4)
  expect(table.out).toMatch(/^SERVER +REPORT +FILED/)

  const blocks: { domain: string; severity: string }[] = JSON.parse((await howdah('blocks --json')).out)
  const blocked = sample.world.domainBlocks.all().map(({ domain, severity }) => `${domain} ${severity}`)
  expect(blocks.map(({ domain, severity }) => `${domain} ${severity}`)).toEqual(blocked.sort())
  const shown = await howdah('blocks --limit 1')
  expect(shown.out).toMatch(/^SERVER +DOMAIN +SEVERITY/)
  expect(shown.out.split('\n')).toHaveLength(3)

  const file = join(folder, 'log.jsonl')
  expect(await howdah(`log export --format jsonl --output ${file}`)).toMatchObject({ code: 0, out: '' })
  expect((await howdah(`log verify ${file}`)).code).toBe(0)
  const piped = await howdah('log export --format csv')
  expect(piped.out.split('\n').length).toBeGreaterThan(1)
  const entries = JSON.parse((await howdah('log --json')).out)
  expect(entries.map((entry: { action: string }) => entry.action)).toContain('server.signed-in')
  expect(JSON.stringify(entries)).not.toContain('"token"')
  expect((await howdah('log verify')).code).toBe(0)
  const found = async (options: string) =>
    JSON.parse((await howdah(`log --json ${options}`)).out).map((entry: { action: string }) => entry.action)
  const today = new Date().toISOString().slice(0, 10)
  expect(await found('--kind server.signed-in')).toEqual(['server.signed-in'])
  expect(await found(`--moderator kim --text signed-in --since 2020-01-01 --server ${sample.url}`)).toEqual([
    'server.signed-in',
  ])
  expect(await found(`--source did --since ${today}T00:00:00Z --until ${today}T00:00:00.001Z`)).toEqual([])
  expect(await found('--target @nobody@nowhere.example')).toEqual([])
  expect(await found('--until 2020-01-01')).toEqual([])
  expect((await howdah('log --text export')).out).toContain('log.exported')

  const whole = await howdah('log export --format csv --personal')
  expect(whole.out).toContain('""account"":""kim""')
  expect(piped.out).not.toContain('kim')
  const told = await howdah(`log erase --handle @kim --server ${sample.url} --json`)
  expect([told.code, JSON.parse(told.out)]).toMatchObject([3, { entries: 1, values: 1, erased: false }])
  expect(told.note).toMatch(/Nothing was erased yet/)
  const erased = await howdah(`log erase --handle @kim --server ${sample.url} --reason request --yes`)
  expect([erased.code, erased.note]).toEqual([0, 'Erased: 1 value in 1 entry.\n'])
  expect((await howdah('log export --format csv --personal')).out).not.toContain('kim')
  expect((await howdah(`log erase --handle @kim --server ${sample.url}`)).note).toMatch(/Nothing of this person/)
  expect((await howdah('log verify')).code).toBe(0)

  const bytes = await readFile(file, 'utf8')
  await writeFile(file, bytes.replace('server.signed-in', 'server.signed-up'))
  const forged = await howdah(`log verify ${file}`)
  expect(forged).toMatchObject({ code: 1, out: '' })
  expect(forged.note).toMatch(/^The log does not hold\. .+\n$/)
  expect(JSON.parse((await howdah(`log verify ${file} --json`)).out)).toMatchObject({ ok: false })

  const waiting = await howdah('signups --json')
  expect(waiting).toMatchObject({ code: 0 })
  const people: Record<string, unknown>[] = JSON.parse(waiting.out)
  expect(people.length).toBeGreaterThan(3)
  expect(Object.keys(people[0] ?? {})).toEqual([
    'server',
    'id',
    'username',
    'signedUpAt',
    'confirmed',
    'locale',
    'email',
    'address',
    'invited',
    'byApplication',
    'reason',
    'ownReason',
    'shares',
  ])
  for (const { email, address } of people) {
    expect(email).toMatch(/^.•••@/)
    expect(address ?? '•••').toMatch(/•••$/)
  }
  const queue = await howdah('signups --limit 2')
  expect(queue.out.trimEnd().split('\n')).toHaveLength(3)
  expect(queue.out).toMatch(/^SERVER +ACCOUNT +SIGNED UP/)

  const out = await howdah(`signout --server ${new URL(sample.url).host}`)
  expect(out).toMatchObject({ code: 0 })
  expect(out.out).toContain(sample.url)
  expect(JSON.parse((await howdah('servers --json')).out)).toMatchObject([{ signedIn: false }])
  const doctor = await howdah('doctor --json')
  expect(doctor.code).toBe(1)
  expect(JSON.parse(doctor.out).find((check: { ok: boolean }) => !check.ok).todo).toContain('signin --server')
}, 60_000)

test('each failure is one sentence on standard error and the exit code that the outside relies on', async () => {
  const cases: [string, string, number, RegExp][] = [
    ['frob', '', 2, /no command "frob"/],
    ['log export', '', 2, /needs --format/],
    ['signin', '', 2, /needs --server/],
    ['signin --server http://127.0.0.1:1 --no-open', '', 1, /.+/],
    [`signin --server ${sample.url} --token-stdin`, '\n', 1, /no token/],
    [`signin --server ${sample.url} --token-stdin`, 'wrong\n', 1, /.+/],
    ['signin --server http://127.0.0.1:1 --token-stdin', 'x\n', 1, /.+/],
    ['signout --server nowhere.example', '', 1, /not signed in to nowhere\.example/],
    ['reports --server nowhere.example', '', 1, /not signed in/],
    ['log --since yesterday', '', 2, /--since is a day such as/],
    ['log --until 2026-02-30', '', 2, /--until is a day such as/],
    ['log --source both', '', 2, /did, saw/],
    ['log --server nowhere.example', '', 1, /not signed in/],
    ['log erase', '', 2, /--handle @user@server/],
    ['log erase --handle @a@b.example --account 7', '', 2, /--handle @user@server/],
    ['log erase --handle @nobody', '', 1, /anyone/],
    ['log verify /nowhere.csv', '', 1, /.+/],
    ['sample --release 1.0.0', '', 2, /.+/],
    ['sample --now yesterday', '', 2, /--now/],
    ['sample --state /nowhere.json', '', 1, /.+/],
  ]
  for (const [line, stdin, code, says] of cases) {
    const done = await howdah(line, stdin)
    expect([line, done.code, done.out]).toEqual([line, code, ''])
    expect(done.note).toMatch(says)
    expect([line, done.note.trimEnd().split('\n').length]).toEqual([line, 1])
  }
  const nowhere = await howdah('servers --data /dev/null/x')
  expect(nowhere).toMatchObject({ code: 1, out: '' })
}, 60_000)

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
}, 60_000)

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
  expect(JSON.parse((await howdah('servers --json')).out)).toMatchObject([{ signedIn: true, sealedBy: 'key-file' }])

  const end = ended(web)
  web.kill('SIGTERM')
  expect(await end).toEqual({ code: 0, rest: '' })
  expect(existsSync(join(folder, 'owner.sock'))).toBe(false)

  const again = spawn(process.execPath, [resolve('out/main/web.js'), '--no-open', '--sample', '--data', folder], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await firstLine(again)
  expect(JSON.parse((await howdah('servers --json')).out), 'the sample is the same server as before').toHaveLength(1)
  const endAgain = ended(again)
  again.kill('SIGINT')
  expect(await endAgain).toEqual({ code: 0, rest: '' })
}, 60_000)

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
}, 30_000)
