import type { Clock } from '../../../shared/clock.ts'
import type { Lookalike } from '../../../shared/contract/lookalikes.ts'
import type { Server } from '../../../shared/contract/servers.ts'
import { bitByBit } from '../bit-by-bit.ts'
import { emailDomainBlockTable } from '../blocks/table.ts'
import type { Gate } from '../db/gate.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { findDomainAllowOf, findDomainBlockOf } from '../domains/table.ts'
import { listServers } from '../servers/table.ts'
import { mixedScripts, skeletonOf } from './skeleton.ts'

/** A domain that is known here: triggers enter it with the first account, sign-up or block of it. */
type Row = { domain: string; skeleton: string; scripts: string; seen: number }

/** That many of the most seen domains are worth a warning by themselves. */
const MOST_SEEN = 1_000
/** A domain with that many times the accounts of its twin is the one that people mean. */
const FAR_MORE = 8
/** Somebody may make up any number of names. */
const MOST_TOLD = 2_000

/** Makes the skeletons of at most so many domains that came since. `odd`: one of them is worth a look; `more`: others wait. */
const lookAtNew = (db: WriteDb, most: number): { odd: boolean; more: boolean } => {
  const domains = db.column<string>(
    'SELECT domain FROM mirror.lookalike INDEXED BY lookalike_new WHERE skeleton IS NULL LIMIT ?',
    [most],
  )
  const own = ownNames(listServers(db))
  let odd = false
  for (const domain of domains) {
    const skeleton = skeletonOf(domain)
    const scripts = mixedScripts(domain).join(' ')
    const twins = db.run('UPDATE mirror.lookalike SET odd = 1 WHERE skeleton = ?', [skeleton])
    const isOdd = twins > 0 || scripts !== ''
    db.run('UPDATE mirror.lookalike SET skeleton = ?, scripts = ?, odd = ? WHERE domain = ?', [
      skeleton,
      scripts,
      Number(isOdd),
      domain,
    ])
    // A server of ours is no account's domain, so it has no row here to be a twin.
    odd ||= isOdd || own.some(name => name.skeleton === skeleton && name.domain !== domain)
  }
  return { odd, more: domains.length === most }
}

/** Some 5 ms of work, so that whoever sits at the desk does not notice. */
const AT_ONCE = 500
const PAUSE_MS = 20

/** Looks at the domains that accounts, sign-ups and blocks bring, bit by bit, until the engine closes. */
export const lookInTheBackground = (
  gate: Gate,
  clock: Clock,
  stop: AbortSignal,
  fault: (error: unknown) => void,
): void => {
  const some = (db: ReadDb) =>
    db.get('SELECT 1 FROM mirror.lookalike INDEXED BY lookalike_new WHERE skeleton IS NULL LIMIT 1') !== undefined
  const soon = bitByBit({ clock, stop, fault, pauseMs: PAUSE_MS }, () => {
    if (!gate.read(some)) return false
    return gate.write([], (db, touch) => {
      const { odd, more } = lookAtNew(db, AT_ONCE)
      if (odd) touch('lookalikes')
      return more
    })
  })
  const stopListening = gate.onChange(topics => {
    if (topics.has('accounts') || topics.has('signups') || topics.has('domains') || topics.has('blocks')) soon()
  })
  stop.addEventListener('abort', stopListening)
  soon()
}

type Named = { domain: string; skeleton: string }

/** The names of the servers that we are signed in to. */
const ownNames = (servers: readonly Pick<Server, 'domain' | 'origin'>[]): Named[] => {
  const names = servers.flatMap(({ domain, origin }) => [domain.toLowerCase(), new URL(origin).hostname])
  return [...new Set(names)].map(domain => ({ domain, skeleton: skeletonOf(domain) }))
}

/** What every domain is held against. */
type Known = {
  own: readonly Named[]
  isAllowed(domain: string): boolean
  isBlocked(domain: string): boolean
  /** So many accounts and sign-ups has one of the most seen domains at least. */
  manySeen(): number
}

const knownIn = (db: ReadDb): Known => {
  const servers = listServers(db)
  const keys = servers.map(({ key }) => key)
  let many: number | undefined
  return {
    own: ownNames(servers),
    isAllowed: domain => keys.some(key => findDomainAllowOf(db, key, domain) !== undefined),
    isBlocked: domain =>
      keys.some(
        key => (findDomainBlockOf(db, key, domain) ?? emailDomainBlockTable.findBy(db, key, domain)) !== undefined,
      ),
    manySeen: () => {
      many ??=
        db.get<{ seen: number }>('SELECT seen FROM mirror.lookalike ORDER BY seen DESC LIMIT 1 OFFSET ?', [
          MOST_SEEN - 1,
        ])?.seen ?? 0
      return Math.max(1, many)
    },
  }
}

/** Which of its twins a domain is taken for, the one that matters most first; null where none is known well enough. */
const likeOf = (db: ReadDb, known: Known, { domain, skeleton, seen }: Row): Lookalike['like'] => {
  if (known.own.some(name => name.domain === domain)) return null
  const ours = known.own.find(name => name.skeleton === skeleton)
  if (ours) return { domain: ours.domain, why: 'own' }
  if (known.isAllowed(domain)) return null
  const twins = db.all<Row>(
    'SELECT domain, seen FROM mirror.lookalike WHERE skeleton = ? AND domain <> ? ORDER BY seen DESC, domain LIMIT 100',
    [skeleton, domain],
  )
  const allowed = twins.find(twin => known.isAllowed(twin.domain))
  if (allowed) return { domain: allowed.domain, why: 'allowed' }
  // Whoever is known far better than the other is nobody's double.
  const rivals = twins.filter(twin => seen < FAR_MORE || seen < FAR_MORE * twin.seen)
  const blocked = rivals.find(twin => known.isBlocked(twin.domain))
  if (blocked) return { domain: blocked.domain, why: 'blocked' }
  const [first] = rivals
  return first && first.seen >= known.manySeen() ? { domain: first.domain, why: 'seen' } : null
}

const told = (db: ReadDb, known: Known, row: Row): Lookalike | null => {
  const like = likeOf(db, known, row)
  const scripts = row.scripts === '' ? [] : row.scripts.split(' ')
  return like === null && scripts.length === 0 ? null : { domain: row.domain, like, scripts }
}

const rank: Record<NonNullable<Lookalike['like']>['why'], number> = { own: 0, allowed: 1, blocked: 2, seen: 3 }

/** What is odd about the domains known here, the worst first. */
export const listLookalikes = (db: ReadDb): Lookalike[] => {
  const known = knownIn(db)
  const columns = 'domain, skeleton, scripts, seen'
  const likeOurs = known.own.flatMap(({ skeleton }) =>
    db.all<Row>(`SELECT ${columns} FROM mirror.lookalike WHERE skeleton = ?`, [skeleton]),
  )
  const odd = db.all<Row>(
    `SELECT ${columns} FROM mirror.lookalike INDEXED BY lookalike_odd WHERE odd = 1 LIMIT ${2 * MOST_TOLD}`,
  )
  const all = new Map([...likeOurs, ...odd].map(row => [row.domain, row]))
  return [...all.values()]
    .flatMap(row => told(db, known, row) ?? [])
    .sort((a, b) => (a.like ? rank[a.like.why] : 4) - (b.like ? rank[b.like.why] : 4))
    .slice(0, MOST_TOLD)
}

/** What is odd about one domain, known here or not. */
export const lookalikeOf = (db: ReadDb, domain: string): Lookalike | null => {
  const name = domain.toLowerCase()
  const seen = db.get<{ seen: number }>('SELECT seen FROM mirror.lookalike WHERE domain = ?', [name])?.seen ?? 0
  const row = { domain: name, skeleton: skeletonOf(name), scripts: mixedScripts(name).join(' '), seen }
  return told(db, knownIn(db), row)
}
