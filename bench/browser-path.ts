import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

/** A Chromium that is here: the one named, Playwright's own, or the system's. */
export const browserPath = (): string | undefined =>
  [process.env.CHROMIUM_PATH ?? '', chromium.executablePath(), '/usr/bin/chromium'].find(
    path => path !== '' && existsSync(path),
  )
