/**
 * Electron's security checklist, item by item, on the pure decisions of the shell. What Electron makes of them is not tested here: no
 * Electron binary could be had where this is built.
 */
import { EventEmitter } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { App, Session, WebContents } from 'electron'
import { expect, test } from 'vitest'
import { fuses } from '../../../packaging/fuses.mjs'
import { APP_PAGE, answerApp, appScheme, isOurPage, mayLoad } from '../../../src/main/doors/app-page.ts'
import { contentPolicy } from '../../../src/main/doors/content-policy.ts'
import { hardenApp, hardenSession } from '../../../src/main/doors/electron/hardening.ts'
import { windowOptions } from '../../../src/main/doors/electron/window.ts'
import { externalLink, makeLinks } from '../../../src/main/doors/external-link.ts'
import { placeWindow } from '../../../src/main/doors/window-place.ts'
import type { Engine } from '../../../src/shared/contract/index.ts'

const root = join(import.meta.dirname, '../../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const sourcesIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name))
    .map(name => read(join(folder, name)))
    .join('\n')
const shell = sourcesIn('src/main/doors/electron') + read('src/main/doors/app-page.ts') + read('src/main/index.ts')
const page = sourcesIn('src/renderer')
const { webPreferences } = windowOptions('/preload.cjs', false, placeWindow(undefined, []))
const html = new Map([['/', { type: 'text/html; charset=utf-8', body: Buffer.from('') }]])

/** What a hardened app and session say to a probe. */
const hardened = () => {
  const app = new EventEmitter()
  const guards: Record<string, unknown> = {}
  const session = Object.assign(new EventEmitter(), {
    protocol: { handle: (scheme: string, handler: unknown) => Object.assign(guards, { [scheme]: handler }) },
    webRequest: { onBeforeRequest: (guard: unknown) => Object.assign(guards, { request: guard }) },
    setPermissionRequestHandler: (guard: unknown) => Object.assign(guards, { ask: guard }),
    setPermissionCheckHandler: (guard: unknown) => Object.assign(guards, { check: guard }),
    setDevicePermissionHandler: (guard: unknown) => Object.assign(guards, { device: guard }),
  })
  const contents = Object.assign(new EventEmitter(), {
    opener: undefined as (() => { action: string }) | undefined,
    setWindowOpenHandler(handler: () => { action: string }) {
      this.opener = handler
    },
  })
  hardenApp(app as unknown as App)
  hardenSession(session as unknown as Session, html)
  app.emit('web-contents-created', {}, contents as unknown as WebContents)
  const prevents = (from: EventEmitter, event: string, ...more: unknown[]) => {
    let prevented = false
    from.emit(event, { preventDefault: () => (prevented = true) }, ...more)
    return prevented
  }
  return { app, session, contents, guards, prevents }
}

test('1: only secure content is loaded, and of it only our own', () => {
  for (const url of ['http://lindenhof.example/', 'https://lindenhof.example/', 'ftp://x.example/', 'ws://x.example/'])
    expect([url, mayLoad(url)]).toEqual([url, false])
  expect([...shell.matchAll(/\.loadURL\(([^)]*)\)/g)].map(([, what]) => what)).toEqual(['APP_PAGE'])
  expect(shell).not.toMatch(/loadFile|loadURL\(['"`]http/)
})

test('2: no Node for what the page shows', () => {
  expect(webPreferences).toMatchObject({
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
  })
})

test('3: the page is apart from the preload script', () => expect(webPreferences?.contextIsolation).toBe(true))

test('4: the page runs in the system’s sandbox', () => {
  expect(webPreferences?.sandbox).toBe(true)
  expect(shell).not.toMatch(/no-sandbox|disable-setuid/)
})

test('5: every permission but those to notify and to copy is refused, through all three doors', () => {
  const { guards } = hardened()
  const granted: boolean[] = []
  const checked = (permission: string) =>
    Reflect.apply(guards.check as () => boolean, undefined, [null, permission, 'https://x.example', {}])
  for (const permission of [
    'media',
    'geolocation',
    'midi',
    'pointerLock',
    'fullscreen',
    'hid',
    'serial',
    'usb',
    'clipboard-read',
    'idle-detection',
    'display-capture',
    'local-network-access',
    'unknown',
  ]) {
    Reflect.apply(guards.ask as () => void, undefined, [{}, permission, (yes: boolean) => granted.push(yes)])
    expect([permission, checked(permission)]).toEqual([permission, false])
  }
  expect(new Set(granted)).toEqual(new Set([false]))
  for (const permission of ['notifications', 'clipboard-sanitized-write']) {
    Reflect.apply(guards.ask as () => void, undefined, [{}, permission, (yes: boolean) => granted.push(yes)])
    expect(granted.at(-1)).toBe(true)
  }
  expect((guards.check as () => boolean)()).toBe(false)
  expect((guards.device as () => boolean)()).toBe(false)
})

test('6: web security stays on', () => {
  expect(webPreferences?.webSecurity).toBe(true)
  expect(shell).not.toMatch(/disable-web-security/)
})

test('7: every document has a policy without holes', () => {
  const { headers } = answerApp('GET', APP_PAGE, html)
  expect(headers.get('content-security-policy')).toBe(contentPolicy)
  expect(contentPolicy).not.toMatch(/unsafe|\*|https?:|data:|ws:/)
  for (const rule of [
    "default-src 'none'",
    "script-src 'self'",
    "require-trusted-types-for 'script'",
    "form-action 'none'",
  ])
    expect(contentPolicy).toContain(rule)
  expect(answerApp('GET', `${APP_PAGE}nothing`, html).headers.get('content-security-policy')).toBe(contentPolicy)
})

test('8: no insecure content beside secure', () => expect(webPreferences?.allowRunningInsecureContent).toBe(false))

test('9: no experimental features', () => expect(webPreferences?.experimentalFeatures).toBe(false))

test('10: no Blink features', () => {
  expect(webPreferences).not.toHaveProperty('enableBlinkFeatures')
  expect(shell).not.toMatch(/enableBlinkFeatures|enable-blink-features|commandLine/)
})

test('11: no guest page, so none with popups', () => {
  expect(webPreferences?.webviewTag).toBe(false)
  expect(page).not.toMatch(/<webview|allowpopups/i)
})

test('12: a guest page that comes to be all the same is not attached', () => {
  const { contents, prevents } = hardened()
  expect(prevents(contents, 'will-attach-webview', { nodeIntegration: true }, { src: 'https://x.example' })).toBe(true)
})

test('13: the window goes nowhere', () => {
  const { contents, prevents } = hardened()
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect'])
    expect([event, prevents(contents, event, 'https://x.example/')]).toEqual([event, true])
  expect(webPreferences?.navigateOnDragDrop).toBe(false)
})

test('14: no second window', () => {
  expect(hardened().contents.opener?.()).toEqual({ action: 'deny' })
  expect([...shell.matchAll(/new BrowserWindow\(/g)]).toHaveLength(1)
})

test('15: only checked addresses of http and https leave, from one place, and strangers’ only after a word', async () => {
  expect(externalLink('https://lindenhof.example/@ada')).toBe('https://lindenhof.example/@ada')
  for (const url of [
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ms-settings:x',
    'smb://host/share',
    '\\\\host\\share',
  ])
    expect([url, externalLink(url)]).toEqual([url, null])
  expect([...shell.matchAll(/openExternal\(([^)]*)\)/g)].map(([, what]) => what)).toEqual(['link'])
  expect(shell).not.toMatch(/shell\.openPath|showItemInFolder/)
  const opened: string[] = []
  const engine = { call: async () => ({ servers: [], lookalikes: [] }) } as unknown as Engine
  const follow = makeLinks(
    engine,
    async ({ closed }) => closed,
    async link => void opened.push(link),
  )
  await follow('https://lindenhof.example/@ada')
  expect(opened).toEqual([])
  expect([...shell.matchAll(/openOutside\(/g)], 'called by what asks, and by nothing else').toHaveLength(1)
})

/** The first versions without the holes of 2026 that would concern us (custom schemes readable from elsewhere, popups of frames). */
const safeFrom: readonly (readonly [number, number, number])[] = [[45, 0, 0]]

test('16: an Electron without known holes, pinned', () => {
  const version = JSON.parse(read('package.json')).devDependencies.electron
  expect(version).toMatch(/^\d+\.\d+\.\d+$/)
  expect(JSON.parse(read('node_modules/electron/package.json')).version).toBe(version)
  const [major, minor, patch] = version.split('.').map(Number)
  const line = safeFrom.find(([first]) => first === major)
  expect(line, `Electron ${major} is a line that somebody looked at`).toBeDefined()
  const [, safeMinor, safePatch] = line ?? [0, 0, 0]
  expect(minor > safeMinor || (minor === safeMinor && patch >= safePatch)).toBe(true)
})

test('17: every message is heard from our own top frame only', () => {
  expect(isOurPage({ url: APP_PAGE, parent: null })).toBe(true)
  for (const stranger of [null, { url: APP_PAGE, parent: {} }, { url: 'https://x.example/', parent: null }])
    expect(isOurPage(stranger)).toBe(false)
  const pipe = read('src/main/doors/electron/pipe.ts')
  const heard = [...pipe.matchAll(/ipc\.(on|handle)\(/g)].length
  expect(heard).toBeGreaterThan(3)
  expect([...pipe.matchAll(/isOurPage\(/g)], 'each listener asks who speaks').toHaveLength(heard)
  expect(shell.replace(pipe, '')).not.toMatch(/ipcMain\.(on|handle)/)
})

test('18: a scheme of our own, never file:', () => {
  expect(APP_PAGE).toBe('app://howdah/')
  expect(Object.keys(appScheme.privileges).sort()).toEqual(['secure', 'standard', 'supportFetchAPI'])
  expect(shell).not.toMatch(/file:\/\//)
  expect(mayLoad('file:///etc/passwd')).toBe(false)
})

test('19: all nine fuses are decided', () => {
  expect(fuses).toEqual({
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
    WasmTrapHandlers: true,
  })
})

test('20: the page gets a few functions that take text, and nothing of Electron', () => {
  const preload = read('src/preload/index.ts')
  const surface = /exposeInMainWorld\('howdah', \{([\s\S]*?)\n\}\)/.exec(preload)?.[1] ?? ''
  const names = [...surface.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name)
  expect(names.sort()).toEqual(['listen', 'openEngine', 'openLink', 'saveExport'])
  expect([...preload.matchAll(/exposeInMainWorld/g)]).toHaveLength(1)
  // Neither the object itself, nor an event, nor a callback of the page crosses.
  for (const line of surface.trim().split('\n')) {
    expect(line).toMatch(
      /^\s*\w+: \((\w+: unknown)?\) => ipcRenderer\.(send|invoke)\('howdah:[a-z-]+'(, String\(\w+\))?\),$/,
    )
  }
  expect(existsSync(join(root, 'src/preload/index.ts'))).toBe(true)
})
