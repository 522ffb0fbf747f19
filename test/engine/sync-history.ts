import type { Fault } from '../../src/main/sample/faults/faults.ts'
import type { DecisionKind, Subject } from '../../src/shared/contract/decisions.ts'
import type { Engine } from '../../src/shared/contract/index.ts'
import { type Ground, signInAndSync, until } from './ground.ts'
import { blocksOf } from './lists-mirrored.ts'
import { numbersOf } from './numbers.ts'
import { brokenOf } from './sync-broken.ts'
import { lifeOf } from './sync-colleagues.ts'
import { judgeLog } from './sync-judge.ts'
import { backupsOf } from './sync-put-back.ts'
import { stateOf } from './sync-said.ts'
import { readAlong } from './sync-shown.ts'
import { differences } from './sync-whole.ts'

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
/** What becomes of a write: it happened, or did not, and we are not told. */
const writeFaults: readonly Fault[] = [
  { kind: 'cut-after' },
  { kind: 'cut-before' },
  { kind: 'html' },
  { kind: 'status', status: 503 },
]
const onReports = [
  'report.close',
  'report.assign',
  'report.unassign',
  'account.warn',
  'account.sensitive',
  'account.unsensitive',
  'account.limit',
  'account.unlimit',
  'account.freeze',
  'account.suspend',
  'account.unsuspend',
] as const
const lists = [
  'reports',
  'accounts',
  'domain_blocks',
  'domain_allows',
  'email_domain_blocks',
  'ip_blocks',
  'canonical_email_blocks',
]

/**
 * Plays a history of some steps on every list: members report and sign up, colleagues act, pages break, our own decisions go out,
 * time passes, the engine restarts, the server is put back to a backup; all chosen by the seed. Then it is quiet: see what it gives.
 */
export const playHistory = async (ground: Ground, seed: number, steps: number) => {
  const random = numbersOf(seed)
  for (let n = 0; n < 10; n++) random()
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)]
  const { world } = ground.server
  const add = blocksOf(ground)
  for (let n = 0; n < 6; n++) {
    add.domain(`early${n}.example`)
    add.allow(`ally${n}.example`)
    add.emailDomain(`mail${n}.example`)
    add.ip(`203.0.113.${n + 10}/32`)
    add.canonical(`${n}a`.repeat(32))
  }
  // Pages of few rows, so that every walk has cuts in it.
  const answers = readAlong(ground, pick([4, 9, 25, 500]) ?? 500)
  await ground.openEngine()
  let { desk, key }: { desk: Engine; key: string } = await signInAndSync(ground, 'admin')
  await desk.call('settings.set', { graceSeconds: 2 })
  const { changes, domains, formerly, things, open, waiting, meddle, giveBack } = lifeOf(ground, { random, pick }, seed)
  const backups = backupsOf(ground, { random, pick }, { domains, formerly })
  const comeIn = async () => {
    for (let tries = 0; tries < 100; tries++) {
      await desk.call('sync.status', {})
      if (!ground.patient.isBusy()) break
      await new Promise(resolve => setTimeout(resolve, 1))
    }
    const { servers } = await desk.call('sync.status', {})
    answers.kept()
    const isRead = servers.every(({ lists }) =>
      lists.every(({ state, complete }) => complete || state === 'refused' || state === 'not-permitted'),
    )
    await backups.watch(
      desk,
      servers.flatMap(({ lists }) => lists),
      isRead,
    )
    return isRead
  }
  /** Lets time pass, and what is on its way come in. */
  const pass = async (ms: number) => {
    ground.clock.advance(ms)
    // What is read for the first time takes more pages than the time that passes here has steps.
    for (let n = 0; n < 20 && !(await comeIn()); n++) ground.clock.advance(1)
  }
  // What is not urgent is read some minutes after signing in.
  for (let n = 0; n < 8; n++) await pass(60_000)
  const before = stateOf(world)
  const broken = brokenOf(ground, { random, pick })
  const putBack = async () => await backups.deed(desk, pass)
  const arm = async (subject: Subject, kind: DecisionKind, fields = {}) => {
    // Refused where the mirror does not know it yet: that is part of a history.
    await desk.call('decisions.arm', { server: key, subject, kind, fields, typed: subject.id }).catch(() => {})
    if (random() < 0.6) return
    await pass(Math.floor(random() * 5_000))
    const about = subject.of === 'report' ? world.reports.get(subject.id)?.targetAccountId : subject.id
    meddle(about, subject.of === 'domain' ? subject.id : '')
  }
  const restart = async () => {
    answers.lost()
    await ground.closeEngine()
    answers.lost()
    await ground.openEngine()
    desk = ground.client()
  }
  const others: readonly (() => void | Promise<void>)[] = [
    () => {
      const fault = pick(faults)
      const list = pick(lists)
      if (fault && list) ground.server.faults.add(fault, { method: 'GET', path: new RegExp(`admin/${list}`) })
    },
    async () => {
      const report = pick(open())
      const kind = pick(onReports)
      if (report && kind) await arm({ of: 'report', id: report.id }, kind)
    },
    async () => {
      const report = pick(world.reports.all())
      const category = pick(['spam', 'other', 'legal'])
      if (!report || category === undefined) return
      if (report.actionTakenAt !== null) await arm({ of: 'report', id: report.id }, 'report.reopen')
      else await arm({ of: 'report', id: report.id }, 'report.categorise', { category })
    },
    () => {
      const fault = pick(writeFaults)
      if (fault) ground.server.faults.add(fault, { method: 'POST', path: /admin/ })
    },
    async () => {
      const someone = pick(waiting())
      const kind = pick(['signup.approve', 'signup.reject'] as const)
      if (someone && kind) await arm({ of: 'signup', id: someone.id }, kind)
    },
    async () => {
      const block = pick(world.domainBlocks.all())
      const domain = `own${changes.length}.example`
      const [chance, severity] = [random(), pick(['silence', 'noop', 'suspend'])]
      if (chance < 0.4) await arm({ of: 'domain', id: domain }, 'domain.block', { severity: 'silence' })
      else if (!block || severity === undefined) return
      else if (chance < 0.6) await arm({ of: 'domain', id: block.domain }, 'domain.lift')
      else if (chance < 0.8) await arm({ of: 'domain', id: block.domain }, 'domain.change', { severity })
      else await arm({ of: 'domain', id: block.domain }, 'domain.change', { obfuscate: !block.obfuscate })
    },
    restart,
    putBack,
    putBack,
    broken.deed,
    async () => {
      // In the middle of whatever page is under way.
      void desk.call('sync.now', { all: true }).catch(() => {})
      for (let n = Math.floor(random() * 30); n > 0; n--) await new Promise(resolve => setImmediate(resolve))
      await restart()
    },
    async () => {
      // It may wait for the budget's next window, so time goes on meanwhile.
      let ended = false
      const going = desk.call('sync.now', { all: random() < 0.3 }).catch(() => {})
      void going.finally(() => {
        ended = true
      })
      await until(() => ended, Boolean, ground.patient, 10_000)
      answers.kept()
    },
  ]
  for (let step = 0; step < steps; step++) {
    await pick([...things, ...others])?.()
    for (let n = Math.floor(random() * 6); n > 0; n--) await pass(10_000)
    // Now and then some hours.
    if (random() < 0.05) for (let n = 0; n < 60; n++) await pass(120_000)
  }
  const untold = await broken.untold(desk)
  ground.server.faults.clear()
  giveBack()
  return {
    /** Lets days go by, in which every list is walked through, until mirror and server are the same: one step each two minutes. Says what differs. */
    quiet: async (): Promise<string[]> => {
      const end = ground.clock.now() + 14 * 86_400_000
      for (let n = 0; ground.clock.now() < end; n++) {
        await pass(120_000)
        if (n % 15 === 14 && differences(ground).length === 0) return []
      }
      return differences(ground)
    },
    /** What is wrong with what the log says to have seen. */
    wrong: async () => {
      const given = { before, changes, domains, formerly, putBacks: backups.putBacks, broken: broken.everBroken }
      return [...untold, ...(await judgeLog(desk, world, { ...given, ...answers }))]
    },
  }
}
