import type { Fault } from '../../src/main/sample/faults/faults.ts'
import type { Engine } from '../../src/shared/contract/index.ts'
import { type Ground, signInAndSync, until } from './ground.ts'
import { colleaguesOf, mirrored, served } from './sync-ground.ts'

const faults: readonly Fault[] = [
  { kind: 'cut-before' },
  { kind: 'truncated' },
  { kind: 'html' },
  { kind: 'wrong-type' },
  { kind: 'status', status: 503 },
  { kind: 'captive-portal' },
  { kind: 'duplicate-rows' },
  { kind: 'out-of-order' },
  { kind: 'throttled', headers: false },
]

/** Numbers from 0 to 1, the same for the same seed. */
export const numbersOf = (seed: number) => {
  let state = seed * 2_654_435_761
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

/**
 * Of a closed report only that it is closed: the sweep walks what is open, so one that is reopened and closed again between two of
 * its walks keeps the name of who closed it first.
 */
const swept = (rows: readonly string[]) =>
  rows.map(row => {
    const [id, resolved] = row.split(' ')
    return resolved === '1' ? `${id} 1` : row
  })

/**
 * Plays a history of some steps: members report, colleagues act, pages break, our own decisions go out, time passes, the engine
 * restarts; all chosen by the seed. Then it is quiet: `agree` says whether mirror and server are the same, `dropped` what is wrong
 * with what the log says to have seen.
 */
export const playHistory = async (ground: Ground, seed: number, steps: number) => {
  const random = numbersOf(seed)
  for (let n = 0; n < 10; n++) random()
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)]
  await ground.openEngine()
  let { desk, key }: { desk: Engine; key: string } = await signInAndSync(ground)
  await desk.call('settings.set', { graceSeconds: 2 })
  const colleagues = colleaguesOf(ground)
  const reports = () => ground.server.world.reports.all()
  const open = () => reports().filter(one => one.actionTakenAt === null)
  const actions: readonly (() => void | Promise<void>)[] = [
    () => {
      for (let n = Math.floor(random() * 60); n > 0; n--) colleagues.file(`seed ${seed}`)
    },
    () => {
      const report = colleagues.file('short-lived')
      colleagues.resolve(report)
    },
    () => {
      for (const report of open().slice(0, Math.floor(random() * 8))) colleagues.resolve(report)
    },
    () => {
      const report = pick(open())
      if (report) colleagues.assign(report)
    },
    () => {
      const report = pick(reports().filter(one => one.actionTakenAt !== null))
      if (report) colleagues.reopen(report)
    },
    () => {
      const fault = pick(faults)
      if (fault) ground.server.faults.add(fault, { method: 'GET', path: /admin\/reports/ })
    },
    async () => {
      const report = pick(open())
      const kind = pick(['report.close', 'report.assign', 'account.limit', 'account.suspend'] as const)
      // Refused where the mirror does not know it yet: that is part of a history.
      if (report && kind)
        await desk
          .call('decisions.arm', { server: key, subject: { of: 'report', id: report.id }, kind })
          .catch(() => {})
    },
    async () => {
      await ground.closeEngine()
      await ground.openEngine()
      desk = ground.client()
    },
    async () => {
      // It may wait for the budget's next window, so time goes on meanwhile.
      let ended = false
      const going = desk.call('sync.now', { all: random() < 0.3 }).catch(() => {})
      void going.finally(() => {
        ended = true
      })
      await until(() => ended, Boolean, ground.patient, 10_000)
    },
  ]
  for (let step = 0; step < steps; step++) {
    await pick(actions)?.()
    for (let n = Math.floor(random() * 6); n > 0; n--) {
      ground.patient.advance(10_000)
      await desk.call('sync.status', {})
    }
  }
  ground.server.faults.clear()
  return {
    agree: () => JSON.stringify(swept(mirrored(ground.folder))) === JSON.stringify(swept(served(ground))),
    dropped: async () => {
      const wrong: string[] = []
      const { entries } = await desk.call('log.page', { limit: 200 })
      for (const { source, action, personal, facts } of entries)
        if (source === 'saw' && action === 'report.seen-resolved' && personal.by === 'moderator')
          wrong.push(`our own close of ${facts.report} was taken for a colleague's`)
      if (!(await desk.call('log.verify', {})).ok) wrong.push('the log does not verify')
      return wrong
    },
  }
}
