import type { Engine } from '../../src/shared/contract/index.ts'
import { type Ground, openGround, signInAndSync, untilPast } from './ground.ts'
import { colleaguesOf } from './sync-ground.ts'

export const HOUR = 3_600_000

/** A desk that read all of a server, of which a backup was taken before; time passes until what differs is no lag. */
export const openDesk = async (options: Parameters<typeof openGround>[0] = {}) => {
  const ground = await openGround(options)
  const putBack = ground.server.backup()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const pass = async (ms: number) => {
    const end = ground.clock.now() + ms
    await untilPast(ground, end - 1, 30_000)
  }
  return { ground, desk, key, putBack, pass, colleagues: colleaguesOf(ground) }
}

/** Files reports of two people about two accounts, which a server that is put back loses; answers the first account's id. */
export const fileAboutTwo = (ground: Ground): string => {
  const { world } = ground.server
  const [one = '', other = ''] = new Set(world.reports.all().map(report => report.targetAccountId))
  const [, , me] = world.accounts.all().filter(account => account.user?.approved)
  const colleagues = colleaguesOf(ground)
  colleagues.file('first', { targetAccountId: one })
  colleagues.file('second', { targetAccountId: other, accountId: me?.id ?? '' })
  return one
}

/** What the desk says of a server that was put back; null where nothing is known of it. */
export const isTold = async (desk: Engine) => (await desk.call('servers.list', {})).servers[0]?.wentBack ?? null

/** What the log says to have seen, the newest first. */
export const saw = async (desk: Engine, since = 0) =>
  (await desk.call('log.page', { limit: 200 })).entries
    .filter(({ source, seq }) => source === 'saw' && seq > since)
    .map(({ action }) => action)
