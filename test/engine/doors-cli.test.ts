import { existsSync } from 'node:fs'
import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { keyFileSecrets } from '../../src/main/doors/loopback/secrets.ts'
import { openEngine } from '../../src/main/doors/open-engine.ts'
import { type SampleServer, startSampleServer } from '../../src/main/sample/server.ts'
import { enginePath, runHere } from './cli-ground.ts'

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

const howdah = (line: string, stdin = '') => runHere(line, folder, stdin)
const signIn = () => howdah(`signin --server ${sample.url} --token-stdin`, 'admin\n')
/** A desk that runs until the end of its block: commands beside it ask its engine, and start none of their own. */
const openDesk = async () => {
  const real = await realpath(folder)
  const desk = openEngine({ enginePath, folder: real, from: 'browser', secrets: keyFileSecrets(real) })
  ;(await desk.dial()).close()
  return { [Symbol.asyncDispose]: () => desk.close() }
}
/** What doctor says is wrong, with what to do. */
const wrong = async () =>
  (JSON.parse((await howdah('doctor --json')).out) as { check: string; ok: boolean; says: string; todo: string }[])
    .filter(({ ok }) => !ok)
    .map(({ says, todo }) => `${says} ${todo}`)

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

  const file = join(folder, 'log.jsonl')
  expect(await howdah(`log export --format jsonl --output ${file}`)).toMatchObject({ code: 0, out: '' })
  expect((await howdah(`log verify ${file}`)).code).toBe(0)

  {
    await using _desk = await openDesk()
    const blocks: { domain: string; severity: string }[] = JSON.parse((await howdah('blocks --json')).out)
    const blocked = sample.world.domainBlocks.all().map(({ domain, severity }) => `${domain} ${severity}`)
    expect(blocks.map(({ domain, severity }) => `${domain} ${severity}`)).toEqual(blocked.sort())
    const shown = await howdah('blocks --limit 1')
    expect(shown.out).toMatch(/^SERVER +DOMAIN +SEVERITY/)
    expect(shown.out.split('\n')).toHaveLength(3)
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
    expect((await howdah('log --text export')).out).toContain('Log exported')

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
  }

  const out = await howdah(`signout --server ${new URL(sample.url).host}`)
  expect(out).toMatchObject({ code: 0 })
  expect(out.out).toContain(sample.url)
  expect(JSON.parse((await howdah('servers --json')).out)).toMatchObject([{ signedIn: false }])
  // A job that fetches nothing must not look well.
  const unread = await howdah('sync --json')
  expect([unread.code, JSON.parse(unread.out).map((each: { domain: string }) => each.domain)]).toEqual([
    1,
    ['lindenhof.example'],
  ])
  expect(unread.note).toMatch(/You are signed out of lindenhof\.example.+howdah signin --server \S+\n$/)
  expect((await howdah('reports --limit 1')).note).toMatch(/^You are signed out of lindenhof\.example/)
  const doctor = await howdah('doctor --json')
  expect(doctor).toMatchObject({ code: 1, note: '1 thing is wrong.\n' })
  expect(JSON.parse(doctor.out).find((check: { ok: boolean }) => !check.ok).todo).toContain('signin --server')
}, 120_000)

test('doctor asks each server: a role that was taken, a clock an hour off and a page in its place are said, with what to do', async () => {
  await signIn()
  expect(await wrong()).toEqual([])
  const user = sample.world.accounts.get(sample.world.tokens.get('admin')?.accountId ?? '')?.user
  if (!user) throw new Error('no admin')
  const { roleId } = user
  user.roleId = null
  expect(await wrong()).toEqual([
    expect.stringMatching(/could not be read\. .*role may not see.* Ask an administrator/),
  ])
  const synced = await howdah('sync')
  expect([synced.code, synced.note.trim().split('\n').at(-1)]).toEqual([
    1,
    expect.stringMatching(/role may not see reports\. Ask an administrator/),
  ])
  user.roleId = roleId
  expect(await wrong()).toEqual([])
  sample.faults.add({ kind: 'clock-skew', ms: -3_600_000 }, { times: Number.POSITIVE_INFINITY })
  expect(await wrong()).toEqual([expect.stringMatching(/differ by 60 minutes\. Have the wrong one set right/)])
  sample.faults.clear()
  sample.faults.add({ kind: 'html', status: 200 }, { times: Number.POSITIVE_INFINITY })
  expect(await wrong()).toEqual([expect.stringMatching(/Open the server in your browser/)])
  sample.faults.clear()
})

test('doctor names what a server fails on, once the list was read past it', async () => {
  // One of its own: the search takes a good part of the calls that a server lets through in five minutes, and the others wait for theirs.
  const own = await startSampleServer({ colleagues: false, reports: 60, accounts: 300 })
  onTestFinished(() => own.close())
  const broken = own.world.reports.all().filter(({ actionTakenAt }) => actionTakenAt === null)[1]?.id ?? ''
  own.faults.add({ kind: 'poison', id: broken }, { path: '/api/v1/admin/reports', times: Number.POSITIVE_INFINITY })
  await howdah(`signin --server ${own.url} --token-stdin`, 'admin\n')
  // Once may be by chance: a command that meets it first fails, and a later one goes past it.
  await expect.poll(async () => (await howdah('sync')).code, { timeout: 30_000 }).toBe(0)
  const said = new RegExp(`fails on number ${broken} of its open reports: it is left out since .*in the log`)
  expect(await wrong()).toEqual([expect.stringMatching(said)])
  const [server] = JSON.parse((await howdah('sync --json')).out)
  expect(server.lists[0]).toMatchObject({ list: 'reports-open', leftOut: [{ from: broken, to: broken }] })
  const open = JSON.parse((await howdah('reports --json')).out).map(({ id }: { id: string }) => id)
  expect(open).not.toContain(broken)
  expect(open).toHaveLength(own.world.reports.all().filter(one => one.actionTakenAt === null).length - 1)
})

test('an empty table says why: nobody signed in, or a list that the role may not read', async () => {
  expect(await howdah('reports')).toMatchObject({
    code: 0,
    note: expect.stringContaining('not signed in to any server'),
  })
  expect((await howdah('accounts')).note).toContain('not signed in to any server')
  expect(await howdah('sync')).toMatchObject({ code: 1, note: expect.stringContaining('not signed in to any server') })
  await howdah(`signin --server ${sample.url} --token-stdin`, 'moderator\n')
  const fetched = await howdah('sync')
  // A line a change, by the server's name.
  const lines = fetched.note.trimEnd().split('\n')
  expect(
    lines.filter(line => /\S+ domain blocks: not for this role/.test(line) && !line.includes('e-mail')),
  ).toHaveLength(1)
  expect(fetched.note).not.toMatch(/^s1/m)
  expect((await howdah('reports')).note).not.toContain('Not all')
  const blocks = await howdah('blocks')
  expect(blocks.note).toMatch(/^Not all domain blocks of \S+ are here: not for this role\.\n/)
  expect((await howdah('log')).out).toMatch(
    /NO\. +WHEN +SOURCE +SERVER +WHAT +FACTS\n1 .* lindenhof\.example +Signed in to/,
  )
})

test('a server in one’s own network is named as such, and the agreement can be taken back', async () => {
  await signIn()
  expect(JSON.parse((await howdah('servers --json')).out)).toMatchObject([{ ownNetwork: 'loopback', signedIn: true }])
  expect((await howdah('servers')).out).toMatch(/signed in; reached on this computer\n$/)
  const withdrawn = await howdah(`servers --withdraw-network ${sample.url} --json`)
  expect(JSON.parse(withdrawn.out)).toMatchObject([{ ownNetwork: null, signedIn: true }])
  const synced = await howdah('sync')
  expect(synced).toMatchObject({ code: 1, out: '' })
  expect(synced.note).toMatch(/is no address of the internet but of a network of your own/)
  expect(await howdah(`servers --withdraw-network ${sample.url}`)).toMatchObject({ code: 1, out: '' })
})

test('of several servers one that is away is named, the others are read, and a document tells of each', async () => {
  await signIn()
  const other = await startSampleServer({ colleagues: false, reports: 5, accounts: 20 })
  await howdah(`signin --server ${other.url} --token-stdin`, 'admin\n')
  await other.close()
  const synced = await howdah('sync --json')
  expect(synced.code).toBe(1)
  expect(JSON.parse(synced.out)).toMatchObject([
    { server: 's1', failure: null, lists: expect.arrayContaining([expect.objectContaining({ complete: true })]) },
    { server: 's2', failure: 'offline' },
  ])
  expect(synced.note.trimEnd().split('\n').at(-1)).toMatch(/^lindenhof\.example: The server does not answer/)
  const alone = await howdah(`sync --json --server ${sample.url}`)
  expect([alone.code, JSON.parse(alone.out).length]).toEqual([0, 1])
})

test('each failure is one sentence on standard error and the exit code that the outside relies on', async () => {
  await using _desk = await openDesk()
  const cases: [string, string, number, RegExp][] = [
    ['frob', '', 2, /no command "frob"/],
    ['log export', '', 2, /needs --format/],
    ['log export --format csv --json', '', 2, /needs --output/],
    ['signin', '', 2, /needs --server/],
    ['signin --server https://a.example --token-stdin --oob', '', 2, /Either --token-stdin or --oob/],
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
    [`sample --reports 1 --accounts 1 --port ${new URL(sample.url).port}`, '', 1, /is taken\. Choose another one/],
  ]
  for (const [line, stdin, code, says] of cases) {
    const done = await howdah(line, stdin)
    expect([line, done.code, done.out]).toEqual([line, code, ''])
    expect(done.note).toMatch(says)
    expect([line, done.note.trimEnd().split('\n').length]).toEqual([line, 1])
  }
  const nowhere = await howdah('servers --data /dev/null/x')
  expect(nowhere).toMatchObject({ code: 1, out: '' })
})
