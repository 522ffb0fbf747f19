import type { Context } from '../context.ts'
import { fetchInstance, fetchPeers } from '../mastodon/endpoints/instance.ts'
import type { InstanceEntity } from '../mastodon/entities/instance.ts'
import { releaseNumber, type Session } from '../mastodon/session.ts'
import { storeShown } from '../reports/lost.ts'
import { putRulesInForce } from '../rules/table.ts'
import type { Work } from '../schedule/schedule.ts'
import { readSettings } from '../settings/table.ts'
import { putInstance, putPeers, readInstance } from './instance-table.ts'
import { checkIdentity, readOwnRole } from './standing.ts'
import { findServer, putNames } from './table.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** The first look at what is not urgent leaves a new server's first minutes to its reports. */
const FIRST_MS = 300_000

const flag = (value: boolean | null) => (value === null ? null : Number(value))

/** Stores what a server says of itself, and logs what someone changed of it. */
const storeFacts = (context: Context, session: Session, instance: InstanceEntity, askedAt: number) => {
  const { title, version, rules, registrations, configuration } = instance
  context.gate.write([], (db, touch) => {
    const before = readInstance(db, session.key).read_at
    putInstance(db, session.key, {
      read_at: askedAt,
      limited_federation: flag(configuration.limited_federation),
      registrations: flag(registrations.enabled),
      approval_required: flag(registrations.approval_required),
      reason_required: flag(registrations.reason_required),
    })
    const known = findServer(db, session.key)?.release
    if (putNames(db, session.key, { title, release: version })) touch('servers')
    // What can be done there may be another by now, up or down.
    if (known !== undefined && known !== version) {
      const facts = { before: known, after: version, to: context.clock.now() }
      context.log(db, { source: 'saw', action: 'server.seen-release', server: session.key, facts })
      touch('log')
    }
    const change = putRulesInForce(db, session.key, rules)
    if (change === undefined) return
    touch('servers')
    if (before === null) return
    context.log(db, {
      source: 'saw',
      action: 'rules.seen-changed',
      server: session.key,
      facts: { ...change, from: before, to: context.clock.now() },
    })
    touch('log')
  })
}

const readFacts = async (context: Context, session: Session) => {
  const askedAt = context.clock.now()
  const instance = await fetchInstance(context.guard, session, context.stop, 'background')
  checkIdentity(context, session, instance)
  await storeShown({ context, session, cls: 'background', signal: context.stop }, by =>
    storeFacts(by, session, instance, askedAt),
  )
  // What is under way goes on with it too.
  session.release = releaseNumber(instance.version)
}

const readPeers = async (context: Context, session: Session) => {
  const peers = await fetchPeers(context.guard, session, context.stop)
  context.gate.write(['servers'], db => {
    putInstance(db, session.key, { peers: peers ? 'shown' : 'hidden', peers_at: context.clock.now() })
    putPeers(db, session.key, peers ?? [])
  })
}

/** What a server says of itself, for the schedule: our role every hour, sooner while it may not see reports; name, release and rules, and whom it talks to, every day. */
export const refreshWork = (context: Context): Work => {
  /** When each session was first asked about. */
  const began = new WeakMap<Session, number>()
  return (server, now) => {
    const session = context.sessions.get(server)
    if (!session) return []
    const { role_at, read_at, peers_at } = context.gate.read(db => readInstance(db, server))
    const first = (began.get(session) ?? began.set(session, now).get(session) ?? now) + FIRST_MS
    const { metered } = context.gate.read(readSettings)
    // Whoever lost the right to see reports and got it back should not have to wait for an hour.
    const roleMs = context.gate.read(db => findServer(db, server))?.role.manageReports ? HOUR_MS : FIRST_MS
    const peersAt = peers_at === null ? first : peers_at + DAY_MS
    return [
      {
        of: 'role',
        at: role_at === null ? first : role_at + roleMs,
        run: async () => void (await readOwnRole(context, session, 'background')),
      },
      { of: 'instance', at: read_at === null ? first : read_at + DAY_MS, run: () => readFacts(context, session) },
      ...(metered ? [] : [{ of: 'peers', at: peersAt, run: () => readPeers(context, session) }]),
    ]
  }
}
