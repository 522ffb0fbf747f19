import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerApp, isOurPage, mayLoad } from '../../../src/main/doors/app-page.ts'
import { menuTemplate } from '../../../src/main/doors/electron/menu.ts'
import { windowOptions } from '../../../src/main/doors/electron/window.ts'
import { isExportName } from '../../../src/main/doors/export-name.ts'
import { externalLink } from '../../../src/main/doors/external-link.ts'
import { placeWindow } from '../../../src/main/doors/window-place.ts'

const page = new Map([
  ['/', { type: 'text/html; charset=utf-8', body: Buffer.from('<!doctype html>') }],
  ['/assets/desk.js', { type: 'text/javascript; charset=utf-8', body: Buffer.from('export {}') }],
])

test('the scheme answers its table and nothing beside it, whatever is asked', async () => {
  expect(await answerApp('GET', 'app://howdah/assets/desk.js', page).text()).toBe('export {}')
  for (const method of ['POST', 'HEAD', 'PUT', 'OPTIONS', 'get'])
    expect(answerApp(method, 'app://howdah/', page).status).toBe(405)
  const steps = fc.array(
    fc.constantFrom('..', '.', '%2e%2e', '..%2f', '..\\', 'assets', 'package.json', '\u0000', 'desk.js?', '#', '//'),
    { maxLength: 8 },
  )
  fc.assert(
    fc.property(steps, steps => {
      const path = `/${steps.join('/')}`
      expect(answerApp('GET', `app://howdah${path}`, page).status).toBe(page.has(path) ? 200 : 404)
    }),
    { numRuns: 1000, seed: 1 },
  )
  for (const origin of ['app://other', 'app://howdah.evil.example', 'https://howdah', 'app:/', 'file://'])
    expect(answerApp('GET', `${origin}/`, page).status).toBe(404)
})

test('only http and https leave, built anew, without a user name or hidden characters', () => {
  const fine: [string, string][] = [
    ['https://lindenhof.example/@ada/1?x=1#y', 'https://lindenhof.example/@ada/1?x=1#y'],
    ['http://lindenhof.example', 'http://lindenhof.example/'],
    ['HTTPS://LINDENHOF.example/a/../b', 'https://lindenhof.example/b'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
  ]
  for (const [given, opened] of fine) expect(externalLink(given)).toBe(opened)
  const schemes = [
    'javascript',
    'data',
    'file',
    'ftp',
    'mailto',
    'ssh',
    'smb',
    'ms-settings',
    'search-ms',
    'vbscript',
    'blob',
    'app',
    'about',
    'chrome',
    'ws',
    'intent',
    'xmpp',
    'gemini',
    'magnet',
    'tel',
  ]
  const shapes = (scheme: string) => [
    `${scheme}:x`,
    `${scheme}://x.example/`,
    `${scheme.toUpperCase()}://x.example/`,
    ` ${scheme}://x.example/`,
    `\t${scheme}:x`,
    `${scheme}\n://x.example`,
  ]
  for (const url of schemes.flatMap(shapes)) expect([url, externalLink(url)]).toEqual([url, null])
  const refused = [
    'https://ada@lindenhof.example/',
    'https://ada:x@lindenhof.example/',
    'https://lindenhof.example\\@evil.example/',
    '\\\\host\\share',
    '//lindenhof.example/',
    'https://',
    'https:///',
    'https://a b.example/',
    'https://x.example/\u0000',
    'https://x.example/\u0085',
    'https://%00.example/',
    '',
    `https://x.example/${'a'.repeat(2048)}`,
  ]
  for (const url of refused) expect([url, externalLink(url)]).toEqual([url, null])
  for (const url of [null, undefined, 1, {}, ['https://x.example'], { toString: () => 'https://x.example' }])
    expect(externalLink(url)).toBeNull()
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), text => {
      const opened = externalLink(text)
      expect(opened === null || /^https?:\/\/[^@\s\\]+$/.test(opened)).toBe(true)
    }),
    { numRuns: 2000, seed: 1 },
  )
})

test('only the top frame of our own page is answered', () => {
  expect(isOurPage({ url: 'app://howdah/', parent: null })).toBe(true)
  expect(isOurPage({ url: 'app://howdah/#/reports', parent: null })).toBe(true)
  const strangers = [
    null,
    { url: 'app://howdah/', parent: {} },
    { url: 'app://howdah.evil.example/', parent: null },
    { url: 'app://howdah', parent: null },
    { url: 'app://howdah/other.html', parent: null },
    { url: 'https://howdah/', parent: null },
    { url: '', parent: null },
    { url: 'APP://HOWDAH/', parent: null },
  ]
  for (const stranger of strangers) expect([stranger, isOurPage(stranger)]).toEqual([stranger, false])
})

test('the page loads its own files and blobs, nothing of the network or the disk', () => {
  expect(['app://howdah/', 'app://howdah/assets/a.css', 'blob:app://howdah/5f'].every(mayLoad)).toBe(true)
  const others = [
    'https://lindenhof.example/',
    'http://127.0.0.1/',
    'ws://127.0.0.1/',
    'file:///etc/passwd',
    'app://howdah.evil.example/',
    'app://howdah',
    'blob:https://evil.example/1',
    'data:text/html,x',
    'devtools://devtools/x',
    '',
  ]
  for (const url of others) expect([url, mayLoad(url)]).toEqual([url, false])
})

test('an export is copied by its plain name only', () => {
  expect(['howdah-log-20261123-164500.csv', 'a-2.jsonl', 'b.howdah'].every(isExportName)).toBe(true)
  for (const name of [
    '../key',
    'key',
    'vault.db',
    'vault.db.before-restore-1',
    '.csv',
    '.howdah',
    'a/b.csv',
    'a\\b.csv',
    'a.csv\u0000',
    'a.CSV.exe',
    '',
    null,
    1,
    {},
  ])
    expect([name, isExportName(name)]).toEqual([name, false])
})

test('the window: sandboxed, isolated, without Node, webviews, drops or a profile on disk', () => {
  for (const dark of [true, false]) {
    const { webPreferences, show } = windowOptions('/p/index.cjs', dark, placeWindow(undefined, []))
    expect(show).toBe(false)
    expect(webPreferences).toEqual({
      preload: '/p/index.cjs',
      partition: 'howdah',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    })
    expect(webPreferences?.partition?.startsWith('persist:')).toBe(false)
  }
})

test('a packaged desktop has no way to developer tools or reload in its menu', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const packaged = JSON.stringify(menuTemplate(platform, true))
    expect(packaged).not.toMatch(/toggleDevTools|"reload"/)
    expect(packaged).toContain('editMenu')
    expect(packaged).toContain(platform === 'darwin' ? 'appMenu' : 'quit')
    expect(JSON.stringify(menuTemplate(platform, false))).toContain('toggleDevTools')
  }
})
