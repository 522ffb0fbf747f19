import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { connectThrough } from '../../src/main/doors/begin.ts'
import { contentPolicy } from '../../src/main/doors/content-policy.ts'
import { channels } from '../../src/main/doors/electron/channels.ts'
import { keyringSecrets } from '../../src/main/doors/electron/secrets.ts'
import { openEngine } from '../../src/main/doors/open-engine.ts'
import { runDesktop } from './desktop-ground.ts'
import { safeStorage } from './electron-stand-in/electron.ts'
import { tempFolder } from './ground.ts'
import { flip, packInto } from './packed-ground.ts'

beforeAll(() => {
  if (!existsSync(resolve('out/main/index.js'))) throw new Error('out/ is missing: run "npm run build" first')
})

test('the built main and preload bundles work together, and refuse what a page must not have', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'howdah-desktop-'))
  const facts = await runDesktop(folder, {
    STAND_IN_FUZZ: '1000',
    STAND_IN_LOCKS: '1',
    STAND_IN_DIES: '1',
    STAND_IN_ANSWERS: 'Begin again,Wait,Begin again',
  })

  expect(facts.schemes).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
  expect(facts.paths).toEqual({ userData: join(folder, 'desktop') })
  expect(facts.window).toMatchObject({
    show: false,
    webPreferences: {
      preload: resolve('out/preload/index.cjs'),
      partition: 'howdah',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    },
  })
  expect([facts.url, facts.shown, facts.restored, facts.focused, facts.quit]).toEqual([
    'app://howdah/',
    true,
    true,
    true,
    true,
  ])
  expect(facts.menu).toBeGreaterThanOrEqual(4)

  expect(facts.answers['GET app://howdah/']).toEqual({
    status: 200,
    policy: contentPolicy,
    type: 'text/html; charset=utf-8',
  })
  expect(Object.values(facts.answers).map(({ status }) => status)).toEqual([200, 405, 404, 404, 404, 404])
  expect(facts.assets).toBeGreaterThanOrEqual(2)
  expect([facts.granted, facts.notPrevented, facts.portsForStrangers]).toEqual([
    ['request notifications', 'check notifications'],
    [],
    0,
  ])
  expect(facts.loadable).toEqual(['app://howdah/assets/x.js', 'blob:app://howdah/1'])

  expect(facts.exposed).toEqual(['listen', 'openEngine', 'openLink', 'saveExport'])
  expect(facts.opened).toEqual(['own:/admin/reports', 'https://lindenhof.example/a?b=1'])
  expect(facts.links, 'all but the pages of a server one is signed in to').toEqual([
    'Open lindenhof.example? https://lindenhof.example/a?b=1: Back, Open',
    'Open xn--lindenhf-lwf.example? https://xn--lindenhf-lwf.example/: Back, Open',
  ])
  expect(facts.returns).toEqual(['http://127.0.0.1:PORT/callback', 404, 204])
  expect(facts.dialogs).toHaveLength(1)
  const stopped = 'The desk’s page stopped twice within a few seconds: Begin again, Quit'
  const hangs = 'The desk’s page does not answer: Wait, Begin again'
  expect(facts.questions, 'by itself it begins again once').toEqual([stopped, hangs, hangs, stopped])
  expect(facts.reloads, 'by itself, for the person, and once more where the question was closed').toBe(3)
  expect(facts.drafts, 'an engine that died is followed by another').toEqual(['half a thought'])
  expect(facts.servers).toMatchObject([{ signedIn: true, sealedBy: 'keyring' }])
  expect(facts.reports).toBeGreaterThan(0)
  const heard = Object.values(channels).filter(name => name !== channels.engine)
  expect(facts.fuzz, 'every channel, whoever sends whatever').toEqual({
    channels: heard.sort(),
    sent: 1000,
    crashes: [],
    strays: [],
  })
  expect(facts.second, 'other starts bring the window to the front, and do nothing').toEqual({
    cases: 300,
    focused: 300,
    strays: [],
  })
  expect([facts.windows, facts.loads]).toEqual([1, 1])
  expect(facts.lockedBy).toEqual([
    'lock-screen: failure.locked',
    'suspend: failure.locked',
    'user-did-resign-active: failure.locked',
  ])
  expect(await readFile(join(folder, 'saved.csv'), 'utf8')).toContain('\n')
  expect(await readdir(folder)).not.toContain('owner.sock')
  await rm(folder, { recursive: true })
}, 90_000)

/** The decisions of a folder after its desktop is gone, as a cron job sees them. */
const decisionsIn = async (folder: string) => {
  const door = openEngine({
    enginePath: resolve('out/main/engine.js'),
    folder: await realpath(folder),
    from: 'cli',
    secrets: keyringSecrets(safeStorage, folder, false, 'linux'),
  })
  const client = await connectThrough(door)
  const { decisions } = await client.call('decisions.page', { limit: 200 })
  client.close()
  await door.close()
  return decisions.map(({ state }) => state)
}

test('closing with decisions held: it asks; the tray keeps them, back keeps the window, sending now sends them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'howdah-desktop-'))
  const facts = await runDesktop(folder, {
    STAND_IN_DECIDES: '1',
    STAND_IN_ANSWERS: 'Stay,Back,Send now',
    STAND_IN_UNHEARD: '1',
  })
  expect([facts.armed, facts.quit]).toEqual([2, true])
  const question = 'Decisions are still under way: Send now, Keep for next time, Stay in the tray, Back'
  expect(facts.questions).toEqual([question, question, question])
  expect(facts.trays).toEqual([
    ['Howdah: 2 decisions under way', 'Open Howdah', 'Quit'],
    ['window', 'no tray'],
  ])
  expect(await decisionsIn(folder)).toEqual(['done', 'done'])
  await rm(folder, { recursive: true })
}, 90_000)

test('kept for next time, asked from the tray: nothing is sent, and nothing is lost', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'howdah-desktop-'))
  const facts = await runDesktop(folder, {
    STAND_IN_DECIDES: '1',
    STAND_IN_TRAY: 'quit',
    STAND_IN_ANSWERS: 'Stay,Keep',
  })
  expect([facts.armed, facts.quit, facts.questions.length]).toEqual([2, true, 2])
  expect(await decisionsIn(folder)).toEqual(['held', 'held'])
  await rm(folder, { recursive: true })
}, 90_000)

/** A desk with two decisions held, whose system ends in some way; answers what became of it, and the place that it kept. */
const endedBy = async (way: string, place: string, more: Record<string, string> = {}) => {
  using folder = tempFolder()
  const file = join(folder.path, 'desktop/window.json')
  await mkdir(join(folder.path, 'desktop'))
  await writeFile(file, place)
  const facts = await runDesktop(folder.path, { STAND_IN_DECIDES: '1', STAND_IN_ENDS: way, ...more })
  expect([way, facts.armed, facts.quit, await decisionsIn(folder.path)]).toEqual([way, 2, true, ['held', 'held']])
  expect(facts.end.ms).toBeLessThan(5_000)
  return { ...facts, kept: await readFile(file, 'utf8') }
}

test('the system ends with decisions held: it waits for us, nobody is asked, nothing is sent, nothing is lost, and the window comes back', async () => {
  const moved = await endedBy('shutdown', 'spoilt', { STAND_IN_MOVED: '1' })
  expect(moved).toMatchObject({ questions: [], end: { heldUp: true }, maximised: false })
  expect(moved.window).toMatchObject({ width: 1440, height: 900, minWidth: 1024, minHeight: 700 })
  // Windows; the end of a session on Linux; and while a person is being asked, of a desk whose other screen is gone.
  const [windows, session, asked] = await Promise.all([
    endedBy('session-end', moved.kept),
    endedBy('SIGTERM', moved.kept),
    endedBy('while asked', moved.kept, { STAND_IN_ANSWERS: 'the system ends', STAND_IN_UNPLUGGED: '1' }),
  ])
  for (const facts of [windows, session]) {
    expect(facts).toMatchObject({ questions: [], end: { heldUp: false }, maximised: true })
    expect(facts.window).toMatchObject({ x: -1800, y: 100, width: 1300, height: 800 })
  }
  expect(asked).toMatchObject({ questions: [expect.any(String)], end: { heldUp: true }, maximised: true })
  expect(asked.window).toMatchObject({ width: 1300, height: 800 })
  expect(asked.window, 'in the middle of the main one').not.toHaveProperty('x')
}, 90_000)

test('no real keyring: a key file only with the person’s word, which is kept and logged', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'howdah-desktop-'))
  const refused = runDesktop(folder, { STAND_IN_KEYRING: 'basic_text', STAND_IN_ANSWERS: 'Quit' })
  await expect(refused).rejects.toThrow('offers no real keyring')
  const facts = await runDesktop(folder, { STAND_IN_KEYRING: 'basic_text', STAND_IN_ANSWERS: 'Use a key file' })
  expect(facts.questions).toEqual([
    expect.stringMatching(/^This system offers no real keyring.*: Quit, Use a key file$/),
  ])
  expect(facts.servers).toMatchObject([{ signedIn: true, sealedBy: 'key-file' }])
  expect(facts.settings).toMatchObject({ keyFile: true })
  const again = await runDesktop(folder, { STAND_IN_KEYRING: 'basic_text' })
  expect([again.questions, again.servers]).toMatchObject([[], [{ signedIn: true, sealedBy: 'key-file' }]])
  await rm(folder, { recursive: true })
}, 90_000)

test('a package looks at its own files before its engine starts: whole it runs, damaged it says so and touches nothing', async () => {
  using place = tempFolder()
  using folder = tempFolder()
  const { app, resources } = packInto(place.path)
  const run = (more = {}) => runDesktop(folder.path, { STAND_IN_RESOURCES: resources, ...more }, app)
  for (const name of [
    'app.asar',
    `app.asar.unpacked/node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`,
  ]) {
    const putBack = flip(join(resources, name), 1_000, 1)
    await expect(run()).rejects.toThrow(`This copy of Howdah is damaged: ${basename(name)} is not as it was packed.`)
    putBack()
  }
  expect((await readdir(folder.path)).filter(name => name !== 'desktop')).toEqual([])
  // In another language, which is read from a file before Electron is ready.
  expect(await run({ LC_ALL: 'fr_FR.UTF-8' })).toMatchObject({ quit: true, reports: expect.any(Number) })
  // A folder that cannot be made is told in a window as well: Electron is ready by then, however early that was found out.
  await expect(runDesktop('/dev/null/howdah')).rejects.toThrow(/Howdah: .*\/dev\/null\/howdah/)
}, 90_000)
