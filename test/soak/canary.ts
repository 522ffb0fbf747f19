import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { doorWords } from '../../bin/built.mjs'
import { startSampleServer } from '../../src/main/sample/server.ts'
import { browserArgs, findBrowser } from '../e2e/browser.ts'
import { findInMemory, findSecrets, leftBehind, placesOf, WHOLE, watchNetwork } from '../e2e/canary.ts'
import { watchPointer } from '../e2e/hands.ts'
import { tempFolder } from '../engine/ground.ts'
import { filesOf } from '../engine/guises.ts'
import { engineOf } from './engine-of.ts'

/** Each command's key, read off their table: it draws too, which nothing here can. But for the lock, which ends all, and the web admin. */
const table = readFileSync(new URL('../../src/renderer/src/ui/commands.ts', import.meta.url), 'utf8')
const keys = [...table.matchAll(/\bkey: '([^']+)'/g)].flatMap(([, key = '']) =>
  ['Shift+l', 'o'].includes(key) ? [] : [key],
)
if (keys.length < 50) throw new Error('the table of the commands reads otherwise by now')
/** What a hand may do: a command, what moves the focus, and a word. */
const deeds = [
  ...keys,
  ...['Tab', 'Tab', 'Shift+Tab', 'Enter', 'Enter', 'Escape', 'Escape', 'ArrowDown', 'reload', 'word', 'word'],
]
const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(Math.random() * from.length)]

const act = async (page: Page, deed: string) => {
  if (deed === 'reload') return await page.reload({ waitUntil: 'commit' })
  if (deed === 'word') return await page.keyboard.type(`${Math.random().toString(36).slice(2, 6)} `)
  for (const key of deed.split(' ')) await page.keyboard.press(key.replace('Mod', 'Control'))
}

/**
 * A person works in a real browser, so many steps by chance, on a server whose token never was in the page: then it is searched for in all
 * that the page, its browser and the door's processes hold, wrote, said and left behind. What is planted must be found, and nothing else.
 */
export const soakCanary = async (steps: number, say: (line: string) => void, counted: Record<string, object>) => {
  const found = { steps: 0, strayed: 0, screens: 0, files: 0, places: [] as string[] }
  counted.canary = found
  const token = `canary-${Math.random().toString(36).slice(2)}${Math.random().toString(36).slice(2)}`
  const planted = `planted-${Math.random().toString(36).slice(2)}`
  const server = await startSampleServer({ reports: 300, jobDelay: 0 })
  const admin = server.world.tokens.get('admin')
  if (!admin) throw new Error('no admin')
  server.world.tokens.set(token, { ...admin, id: server.world.tokenIds.next(), token })
  using folder = tempFolder()
  const profile = mkdtempSync(join(tmpdir(), 'howdah-profile-'))
  const web = spawn(process.execPath, [...doorWords, '--no-open', '--data', folder.path], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C', HOWDAH_DEBUG: '1' },
  })
  const printed: string[] = []
  for (const stream of [web.stdout, web.stderr]) stream.on('data', data => printed.push(String(data)))
  const [line] = await once(web.stdout, 'data')
  const address = /http\S+/.exec(String(line))?.[0] ?? ''
  const engine = engineOf(folder.path)
  try {
    await engine.call('servers.signIn', { url: server.url, token })
    await engine.call('sync.now', { all: true }, { timeoutMs: 120_000 })
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: findBrowser(),
      args: browserArgs(WHOLE),
      viewport: { width: 1440, height: 900 },
    })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await watchPointer(context, () => {})
    const page = context.pages()[0] ?? (await context.newPage())
    const network = await watchNetwork(page)
    await page.goto(address)
    await page.getByRole('listbox').getByRole('option').first().waitFor()
    const home = new URL(address).origin
    const screens = new Set<string>()
    while (found.steps < steps) {
      await act(page, pick(deeds) ?? 'Tab')
      found.steps++
      // A link may lead elsewhere.
      if (!page.url().startsWith(home)) {
        found.strayed++
        await page.goto(home)
      }
      screens.add(new URL(page.url()).hash.split('?')[0] ?? '')
      if (found.steps % 100 === 0) say(`canary: ${found.steps} steps, ${screens.size} screens`)
    }
    found.screens = screens.size
    for (const format of ['csv', 'jsonl'] as const) await engine.call('log.export', { format, personal: true })
    await page.goto(home)
    await page.getByRole('listbox').first().waitFor()
    await page.evaluate(secret => Object(globalThis).onPage.plant(secret), planted)
    const secrets = [planted, token]
    const inPage = findSecrets(secrets, await placesOf(page, network))
    const inMemory = findInMemory(profile, secrets) ?? ['memory: secret 0']
    const left = findSecrets(secrets, await leftBehind(context, profile)).filter(place => !place.endsWith('secret 0'))
    const ofDoor: [string, Buffer][] = [
      ...filesOf(folder.path).map((file): [string, Buffer] => [file.slice(folder.path.length), readFileSync(file)]),
      ['printed', Buffer.from(printed.join(''))],
      ...(process.platform === 'linux'
        ? ['cmdline', 'environ'].map((name): [string, Buffer] => [name, readFileSync(`/proc/${web.pid}/${name}`)])
        : []),
    ]
    found.files = ofDoor.length
    const wanted = [...['cookies', 'heap', 'network', 'page'].map(place => `${place}: secret 0`), 'memory: secret 0']
    const all = [...inPage, ...inMemory, ...left, ...findSecrets(secrets, ofDoor)]
    found.places = [
      ...all.filter(place => !wanted.includes(place)),
      ...wanted.filter(place => !all.includes(place)).map(place => `not found, though planted: ${place}`),
    ]
    for (const place of found.places) say(`canary: ${place}`)
  } finally {
    engine.close()
    const ended = once(web, 'exit')
    web.kill('SIGTERM')
    await ended
    await server.close()
    rmSync(profile, { recursive: true, force: true })
  }
  return found.places.length
}
