import type { AccountRecord } from '../../src/main/sample/rules/model.ts'
import { permissionsOf } from '../../src/main/sample/rules/roles.ts'
import type { World } from '../../src/main/sample/rules/world.ts'
import type { Engine } from '../../src/shared/contract/index.ts'
import type { SyncedList } from '../../src/shared/contract/sync.ts'
import type { Ground } from './ground.ts'
import { readMirror } from './lists-mirrored.ts'
import type { Dice, Named } from './sync-deeds.ts'
import { itemOf, type States, stateOf } from './sync-said.ts'

/** That the server was put back to an earlier state. */
export type PutBack = {
  at: number
  /** What is another since then than it was just before, or gone. */
  undid: ReadonlySet<string>
  /** Until when whoever asked for the newest reports that the mirror holds, and for their people, would have found out. */
  plainUntil: number
  /** When it was noticed; null while it was not. */
  seenAt: number | null
  /** How the server stood once all that tells of a noun was read anew, and when: what our role does not see is read when it does. */
  anew: Map<string, { at: number; states: States }>
}

/** Which lists tell of a noun; none: what is read beside them. */
const readFrom: Readonly<Record<string, readonly SyncedList['list'][]>> = {
  report: ['reports-open', 'reports-resolved'],
  account: ['reports-open', 'reports-resolved'],
  signup: ['signups'],
  'domain-block': ['domain-blocks'],
  'domain-allow': ['domain-allows'],
  'email-domain-block': ['email-domain-blocks'],
  'ip-block': ['ip-blocks'],
  'canonical-email-block': ['canonical-email-blocks'],
  rule: [],
  rules: [],
  role: [],
}

/** So many reports, of different people, have to be lost. */
const LEAST_LOST = 2

type Held = { id: string; createdAt: number; target: string; filer: string }

const newestHeld = (ground: Ground): Held[] =>
  readMirror<Held>(
    ground.folder,
    'SELECT id, created_at AS createdAt, target_id AS target, reporter_id AS filer FROM report ORDER BY ord DESC LIMIT 5',
  )

/** Whether the role may ask, and Howdah knows so. */
const mayAsk = async (desk: Engine, world: World): Promise<boolean> => {
  const rights = world.roles.get('2')?.permissions ?? 0
  const has = (right: 'manage_reports' | 'manage_users') => (rights & permissionsOf(right, 'administrator')) !== 0
  const [server] = (await desk.call('servers.list', {})).servers
  const isBarred = server?.cannot.some(({ ability }) => ability === 'reports.see' || ability === 'accounts.see')
  return has('manage_reports') && has('manage_users') && !isBarred
}

/** Whether the newest reports of those that are held tell by themselves that the server was put back. */
const isPlain = (held: readonly Held[], world: World): boolean => {
  const lost: Held[] = []
  for (const report of held) {
    const there = world.reports.get(report.id)
    if (there && Math.abs(there.createdAt - report.createdAt) >= 1_000) return true
    if (there) break
    if (world.account(report.target) && world.account(report.filer)) lost.push(report)
  }
  const different = (who: (report: Held) => string) => new Set(lost.map(who)).size >= LEAST_LOST
  return different(({ target }) => target) && different(({ filer }) => filer)
}

const flagsOf = ({ suspendedAt, silencedAt, sensitizedAt, user }: AccountRecord) =>
  `${suspendedAt === null} ${silencedAt === null} ${sensitizedAt === null} ${user?.disabled} ${user?.approved}`

/** Takes backups of the server and puts it back to them, and keeps account of what came of it. */
export const backupsOf = (
  ground: Ground,
  { random }: Dice,
  { domains, formerly }: { domains: Named; formerly: Named },
) => {
  const { world } = ground.server
  const putBacks: PutBack[] = []
  let kept: (() => void) | undefined
  const putBack = async (back: () => void, desk: Engine) => {
    const [before, accounts, reports] = [stateOf(world), world.accounts.all(), world.reports.all()]
    for (const { id, domain } of world.domainBlocks.all()) domains.note(id, domain)
    for (const { id, targetAccountId } of reports) formerly.note(id, targetAccountId)
    back()
    const after = stateOf(world)
    const undid = new Set(
      [...before.keys(), ...after.keys()].filter(side => before.get(side) !== after.get(side)).map(itemOf),
    )
    // Those that came back with it, too: they may have been known before they went.
    for (const { id } of [...accounts, ...world.accounts.all()]) {
      const [was, is] = [accounts.find(one => one.id === id), world.account(id)]
      if (!was || !is || flagsOf(is) !== flagsOf(was)) undid.add(`account ${id}`)
    }
    const at = ground.clock.now()
    const plain = isPlain(newestHeld(ground), world) && (await mayAsk(desk, world))
    const plainUntil = plain ? Number.POSITIVE_INFINITY : at
    putBacks.push({ at, undid, plainUntil, seenAt: null, anew: new Map() })
  }
  return {
    putBacks,
    /** Takes a backup; or puts the server back to the last one, at once or after it was away for a while. */
    deed: async (desk: Engine, pass: (ms: number) => Promise<void>) => {
      const back = kept
      if (!back) {
        kept = ground.server.backup()
        return
      }
      if (random() < 0.3) return
      kept = undefined
      if (random() < 0.5) return await putBack(back, desk)
      const come = ground.server.faults.add({ kind: 'status', status: 503 }, { times: Number.POSITIVE_INFINITY })
      for (let n = Math.floor(random() * 8); n > 0; n--) await pass(60_000)
      await putBack(back, desk)
      come()
    },
    /** Takes note of what came of it by now; `lists` are those of the server, `isRead` whether all is read that may be. */
    watch: async (desk: Engine, lists: readonly SyncedList[], isRead: boolean): Promise<void> => {
      const pending = putBacks.filter(one => one.seenAt === null)
      if (pending.length > 0) {
        const seen = (await desk.call('servers.list', {})).servers[0]?.wentBack?.seenAt ?? 0
        const plain = isPlain(newestHeld(ground), world) && (await mayAsk(desk, world))
        for (const one of pending) {
          if (seen >= one.at) one.seenAt = seen
          else if (!plain) one.plainUntil = Math.min(one.plainUntil, ground.clock.now())
        }
      }
      const last = putBacks.findLast(one => one.seenAt !== null)
      const isWhole = (of: string) => lists.some(({ list, complete }) => list === of && complete)
      const now = { at: ground.clock.now(), states: stateOf(world) }
      for (const [noun, from] of Object.entries(readFrom))
        if (last && !last.anew.has(noun) && (from.length > 0 ? from.every(isWhole) : isRead)) last.anew.set(noun, now)
    },
  }
}
