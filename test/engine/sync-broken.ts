import type { Engine } from '../../src/shared/contract/index.ts'
import type { SyncedList } from '../../src/shared/contract/sync.ts'
import type { Ground } from './ground.ts'
import { mirroredRows } from './lists-mirrored.ts'
import type { Dice } from './sync-deeds.ts'
import { mirrored } from './sync-ground.ts'

const HOURS_MS = 6 * 3_600_000

type Broken = { noun: string; id: string; at: number; heal(): void }

/** Breaks records of a server for a while, on each page that would show them and by themselves, and knows what may be left out for it. */
export const brokenOf = (ground: Ground, { random, pick }: Dice) => {
  const { world } = ground.server
  const lists = {
    report: { path: 'reports', there: () => world.reports.all(), held: () => mirrored(ground.folder) },
    signup: {
      path: 'accounts',
      there: () => (world.accountsByDomain.get('')?.all() ?? []).filter(one => one.user?.approved === false),
      held: () => mirroredRows(ground.folder, 'signups'),
    },
    'domain-block': {
      path: 'domain_blocks',
      there: () => world.domainBlocks.all(),
      held: () => mirroredRows(ground.folder, 'domain-blocks'),
    },
    'ip-block': {
      path: 'ip_blocks',
      there: () => world.ipBlocks.all(),
      held: () => mirroredRows(ground.folder, 'ip-blocks'),
    },
  } as const
  const nouns = ['report', 'signup', 'domain-block', 'ip-block'] as const
  const ill: Broken[] = []
  const everBroken = new Set<string>()
  const covers = ({ leftOut }: SyncedList, id: string) =>
    leftOut.some(({ from, to }) => BigInt(from) <= BigInt(id) && BigInt(id) <= BigInt(to))
  return {
    /** Every item that was broken at some time. */
    everBroken,
    /** Breaks one record, or heals one. */
    deed: () => {
      if (ill.length > 0 && random() < 0.4) return ill.splice(Math.floor(random() * ill.length), 1)[0]?.heal()
      const noun = pick(nouns)
      const one = noun && pick<{ id: string }>(lists[noun].there())
      if (!noun || !one) return
      const { id } = one
      const heal = ground.server.faults.add(
        { kind: 'poison', id },
        { path: new RegExp(`/admin/${lists[noun].path}`), times: Number.POSITIVE_INFINITY },
      )
      ill.push({ noun, id, at: ground.clock.now(), heal })
      everBroken.add(`${noun} ${id}`)
    },
    /** What has been broken for hours, is not held of a list that was read since, and is not told to be left out. */
    untold: async (desk: Engine): Promise<string[]> => {
      const [server] = (await desk.call('sync.status', {})).servers
      const told = server?.lists ?? []
      return ill.flatMap(({ noun, id, at }) => {
        const list = Object.entries(lists).find(([name]) => name === noun)?.[1]
        if (!list || ground.clock.now() < at + HOURS_MS || told.some(({ complete }) => !complete)) return []
        const isThere = list.there().some(one => one.id === id)
        const isHeld = list.held().some(row => row.startsWith(`${id} `))
        return isThere && !isHeld && !told.some(one => covers(one, id)) ? [`${noun} ${id} is left out untold`] : []
      })
    },
  }
}
