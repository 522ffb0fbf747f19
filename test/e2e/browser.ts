import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from '@playwright/test'
import { z } from 'zod'

const candidates = () => [
  process.env.CHROMIUM_PATH ?? '',
  chromium.executablePath(),
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** A Chromium that is here: the one named, Playwright's own, or the system's. */
export const browserPath = (): string | undefined => candidates().find(path => path !== '' && existsSync(path))

/** A Chromium to test in: an installed one, else Debian's where this is root on Debian. Fails with what to do. */
export const findBrowser = (): string => {
  const found = browserPath()
  if (found !== undefined) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    execFileSync('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
    execFileSync('apt-get', ['install', '-y', '-qq', 'chromium', 'fonts-noto-core', 'fonts-noto-cjk'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const now = browserPath()
    if (now !== undefined) return now
  }
  throw new Error(
    'No Chromium to test in. Install one ("npx playwright install chromium", or Debian’s package "chromium"), or set CHROMIUM_PATH.',
  )
}

type Playwright = { chromium: { defaultArgs: (of: object, persistent: boolean, profile: string) => Promise<string[]> } }
const inner = z.object({
  server: z.object({
    createPlaywright: z.custom<(of: { sdkLanguage: string }) => Playwright>(of => typeof of === 'function'),
  }),
})
const OFF = '--disable-features='

/** What Playwright switches off in every Chromium. Only its inside knows, and Chromium heeds the last such list alone: ours must hold it. */
const offAlready = async (): Promise<string[]> => {
  const { server } = inner.parse(createRequire(import.meta.url)('playwright-core/lib/coreBundle'))
  const args = await server.createPlaywright({ sdkLanguage: 'javascript' }).chromium.defaultArgs({}, false, '')
  const list = args.find(arg => arg.startsWith(OFF))
  if (list === undefined)
    throw new Error('Playwright no longer says what it switches off: look how it starts a Chromium now.')
  return list.slice(OFF.length).split(',')
}
/** Two pages of the address bar's own, loaded for each new window though a headless one has no bar: half a second of a processor's time. */
const popups = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup']
const off = [...(await offAlready()), ...popups].join(',')

/** How each Chromium of tests, benches and pictures is started: all the same, and busy with our page alone. */
export const browserArgs = (...more: readonly string[]): string[] => ['--disable-gpu', `${OFF}${off}`, ...more]
