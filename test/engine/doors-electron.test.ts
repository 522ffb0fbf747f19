import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { contentPolicy } from '../../src/main/doors/content-policy.ts'
import type { Facts } from './electron-stand-in/facts.ts'

/** Runs the built desktop on the stand-in until it quits, and answers what the stand-in saw. */
const runDesktop = (folder: string): Promise<Facts> =>
  new Promise((done, failed) => {
    const env = { ...process.env, STAND_IN_SAVE_TO: join(folder, 'saved.csv') }
    const register = resolve('test/engine/electron-stand-in/register.ts')
    // As Electron is called: the path of the app, then the words of the person.
    const argv = ['--import', register, resolve('out/main/index.js'), '--sample', '--data', folder]
    execFile(process.execPath, argv, { env, timeout: 60_000 }, (error, out, err) =>
      error ? failed(new Error(`${error.message}\n${err}`)) : done(JSON.parse(out)),
    )
  })

test('the built main and preload bundles work together, and refuse what a page must not have', async () => {
  if (!existsSync(resolve('out/main/index.js'))) throw new Error('out/ is missing: run "npm run build" first')
  const folder = await mkdtemp(join(tmpdir(), 'howdah-desktop-'))
  const facts = await runDesktop(folder)

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
  expect([facts.granted, facts.notPrevented, facts.portsForStrangers]).toEqual([[], [], 0])
  expect(facts.loadable).toEqual(['app://howdah/assets/x.js', 'blob:app://howdah/1'])

  expect(facts.exposed).toEqual(['listen', 'openEngine', 'openLink', 'saveExport'])
  expect(facts.opened).toEqual(['https://lindenhof.example/a?b=1'])
  expect(facts.returns).toEqual(['http://127.0.0.1:PORT/callback', 404, 204])
  expect(facts.dialogs).toHaveLength(1)
  expect(facts.servers).toMatchObject([{ signedIn: true, sealedBy: 'keyring' }])
  expect(facts.reports).toBeGreaterThan(0)
  expect(await readFile(join(folder, 'saved.csv'), 'utf8')).toContain('\n')
  expect(await readdir(folder)).not.toContain('owner.sock')
  await rm(folder, { recursive: true })
}, 90_000)
