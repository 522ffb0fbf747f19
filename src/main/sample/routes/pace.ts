/** Real time that a request costs. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Site } from './call.ts'

/** Waits as long as a real server needs for so many reports, if that was asked for. */
export async function think(site: Site, reports: number): Promise<void> {
  if (site.think > 0 && reports > 0) await sleep(site.think * reports)
}
