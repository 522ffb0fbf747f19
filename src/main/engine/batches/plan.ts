import type { BatchItem } from '../../../shared/contract/batches.ts'
import type { Fields } from '../../../shared/contract/decisions.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ReadDb } from '../db/handle.ts'
import { interestIn, isArmed, readArming } from '../decisions/arm.ts'
import type { Arming, Kind } from '../decisions/kind.ts'

/** One item of a batch that may go out; `at` is its place among those asked for. */
export type Planned = BatchItem & { at: number; arming: Arming }
/** What a batch would do: what may go out, and the codes of what may not, each with how many and the name of one. */
export type Plan = { possible: Planned[]; left: { code: string; count: number; example: string }[] }

/** Message codes for what stands in the way of an item beside the kind's own refusals and brakes. */
const [GONE, TWICE, ARMED] = ['refusal.gone', 'refusal.same-target', 'refusal.already-armed'] as const

/** Looks at each item as arming it would: nobody is asked about brakes and interests in a batch, so those are left out. */
export const planBatch = (db: ReadDb, kind: Kind, items: readonly BatchItem[], fields: Fields): Plan => {
  const possible: Planned[] = []
  const left = new Map<string, { count: number; example: string }>()
  const taken = new Set<string>()
  const leave = (code: string, example: string) => {
    const known = left.get(code)
    left.set(code, { count: (known?.count ?? 0) + 1, example: known?.example ?? example })
  }
  for (const [at, { server, subject }] of items.entries()) {
    const arming = findArming(db, kind, { server, subject }, fields)
    if (arming === undefined) {
      leave(GONE, subject.id)
      continue
    }
    const target = `${server} ${arming.target}`
    const interest = interestIn(db, kind, server, arming)
    const own = interest === null ? null : `interest.${interest}`
    const code =
      arming.refusal ??
      arming.brake ??
      own ??
      (taken.has(target) ? TWICE : isArmed(db, kind, server, arming) ? ARMED : null)
    if (code !== null) leave(code, arming.name)
    else possible.push({ server, subject, at, arming })
    taken.add(target)
  }
  const counted = [...left].map(([code, { count, example }]) => ({ code, count, example }))
  return { possible, left: counted.sort((a, b) => b.count - a.count) }
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
