import { defineConfig } from '@playwright/test'
import { browserArgs, findBrowser } from './test/e2e/browser.ts'

/** Stories in a real Chromium, from the README's own command to the exported log. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  fullyParallel: true,
  // Stories wait a good part of their time, for windows that end and servers that are slow: on two cores three of them take less than two.
  workers: 3,
  timeout: 300_000,
  // What a machine broke that stood still for a while holds the second time; it is told as flaky, with why.
  retries: 1,
  // Three browsers, their servers and engines share two cores, which may be slow: no story tells how fast something is.
  expect: { timeout: 45_000, toPass: { timeout: 120_000 } },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    // What cannot be done says so, instead of eating the story's time.
    actionTimeout: 30_000,
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath: findBrowser(), args: browserArgs() },
  },
})
