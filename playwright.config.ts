import { defineConfig } from '@playwright/test'
import { browserArgs, findBrowser } from './test/e2e/browser.ts'

/** Stories in a real Chromium, from the README's own command to the exported log. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  fullyParallel: true,
  workers: 2,
  timeout: 120_000,
  // Two browsers, two servers and their engines share two cores.
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    // What cannot be done says so, instead of eating the story's time.
    actionTimeout: 30_000,
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath: findBrowser(), args: browserArgs() },
  },
})
