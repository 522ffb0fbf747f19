import { setImmediate } from 'node:timers/promises'
import type { BatchItem } from '../../../shared/contract/batches.ts'
import type { Fields } from '../../../shared/contract/decisions.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Gate } from '../db/gate.ts'
import type { ReadDb } from '../db/handle.ts'
import { interestIn, readArming, refusesAgain } from '../decisions/arm.ts'
import type { Arming, Kind } from '../decisions/kind.ts'

/** One item of a batch that may go out; `at` is its place among those asked for. */
type Planned = BatchItem & { at: number; arming: Arming }

/** Message codes for what stands in the way of an item beside refusals and brakes. */
const [GONE, TWICE, KEPT] = ['refusal.gone', 'refusal.same-target', 'refusal.kept'] as const

/** So many items are looked at in one go, so that the engine does not keep the desk waiting. */
const AT_A_TIME = 100

/**
 * Looks at items as arming each would, the whole of them in one or several goes: nobody is asked about brakes and interests in a batch, so those are
 * left out. Of each target only the first counts; `kept` names targets that a person keeps out.
 */
export const makePlan = (kind: Kind, fields: Fields, kept: ReadonlySet<string> = new Set()) => {
  const possible: Planned[] = []
  const spared: Planned[] = []
  const unread: BatchItem[] = []
  const left = new Map<string, { count: number; example: string }>()
  const taken = new Set<string>()
  const leave = (code: string, example: string) => {
    const known = left.get(code)
    left.set(code, { count: (known?.count ?? 0) + 1, example: known?.example ?? example })
  }
  const lookAt = (db: ReadDb, { server, subject }: BatchItem, at: number) => {
    const arming = findArming(db, kind, { server, subject }, fields)
    if (arming === undefined) return leave(GONE, subject.id)
    const target = targetOf(server, arming)
    const interest = interestIn(db, kind, server, arming)
    const own = interest === null ? null : `interest.${interest}`
    const code =
      arming.refusal ?? arming.brake ?? own ?? (taken.has(target) ? TWICE : refusesAgain(db, kind, server, arming))
    if (code !== null) leave(code, arming.name)
    else if (kept.has(target)) {
      spared.push({ server, subject, at, arming })
      leave(KEPT, arming.name)
    } else possible.push({ server, subject, at, arming })
    if (code !== null && code === kind.unread?.brake && !taken.has(target)) unread.push({ server, subject })
    taken.add(target)
  }
  return {
    possible,
    /** Left out because a person keeps them out. */
    spared,
    /** Left out by a brake that reading may lift. */
    unread,
    look: (db: ReadDb, items: readonly BatchItem[], from = 0) => {
      for (const [n, item] of items.entries()) lookAt(db, item, from + n)
    },
    /** The codes of those left out, the most frequent first. */
    left: () =>
      [...left].map(([code, { count, example }]) => ({ code, count, example })).sort((a, b) => b.count - a.count),
  }
}

const targetOf = (server: ServerKey, { target }: Arming) => `${server} ${target}`

const targetsOf = (db: ReadDb, kind: Kind, items: readonly BatchItem[], fields: Fields): Set<string> =>
  new Set(
    items.flatMap(item => {
      const arming = findArming(db, kind, item, fields)
      return arming ? [targetOf(item.server, arming)] : []
    }),
  )

/** What a batch is asked about. */
type Wanted = { items: readonly BatchItem[]; kept: readonly BatchItem[] }

/** A plan of all items, looked at bit by bit. */
export const planBatch = async (gate: Gate, kind: Kind, { items, kept }: Wanted, fields: Fields) => {
  const plan = makePlan(
    kind,
    fields,
    gate.read(db => targetsOf(db, kind, kept, fields)),
  )
  for (let from = 0; from < items.length; from += AT_A_TIME) {
    if (from > 0) await setImmediate()
    gate.read(db => plan.look(db, items.slice(from, from + AT_A_TIME), from))
  }
  return plan
}

const findArming = (db: ReadDb, kind: Kind, { server, subject }: BatchItem, fields: Fields): Arming | undefined => {
  try {
    return readArming(db, kind, server, subject, fields)
  } catch (error) {
    if (error instanceof Failure && error.code === 'not-found') return undefined
    throw error
  }
}

/** So many of them, spread over the whole. */
export const spread = <T>(all: readonly T[], count: number): T[] => {
  const length = Math.min(count, all.length)
  return Array.from({ length }, (_, n) => all[Math.floor((n * all.length) / length)]).flatMap(one => one ?? [])
}
