import type { Columns, Sets } from './columns.ts'
import { makeSpace } from './space.ts'
import { severityOf } from './table.ts'

/** So many reports about three accounts or more are shown as a campaign. The key itself knows nothing of it. */
const LEAST_REPORTS = 5

const space = {
  found: makeSpace(),
  count: makeSpace(),
  first: makeSpace(),
  second: makeSpace(),
  wide: makeSpace(),
}

/** Which keys are about enough accounts, seen one report after the other: two are remembered, the third makes it wide. */
const makeWidth = (size: number) => {
  const [first, second, wide] = [space.first(size), space.second(size), space.wide(size)]
  return {
    wide,
    see: (key: number, target: number) => {
      if (wide[key] === 1 || first[key] === target || second[key] === target) return
      if (first[key] === 0) first[key] = target
      else if (second[key] === 0) second[key] = target
      else wide[key] = 1
    },
  }
}

/**
 * For each of these reports the number of the key that makes it part of a campaign now, or 0: of its keys the one that most of them
 * share. Legal reports are looked at one by one, so they are in none. The answer is
 * filled anew by the next call.
 */
export const findBursts = (chosen: Int32Array, of: Columns, sets: Sets): Int32Array => {
  const found = space.found(chosen.length)
  const size = sets.items.size()
  const count = space.count(size)
  const isOut = (n: number) => of.keys[n] === 0 || of.severity[n] === severityOf.legal
  for (let rank = 0; rank < chosen.length; rank++) {
    const n = chosen[rank] ?? 0
    if (isOut(n)) continue
    const keys = sets.in(of.keys[n] ?? 0)
    for (let i = 0; i < keys.length; i++) count[keys[i] ?? 0] = (count[keys[i] ?? 0] ?? 0) + 1
  }
  const width = makeWidth(size)
  for (let rank = 0; rank < chosen.length; rank++) {
    const n = chosen[rank] ?? 0
    if (isOut(n)) continue
    const keys = sets.in(of.keys[n] ?? 0)
    for (let i = 0; i < keys.length; i++)
      if ((count[keys[i] ?? 0] ?? 0) >= LEAST_REPORTS) width.see(keys[i] ?? 0, of.target[n] ?? 0)
  }
  for (let rank = 0; rank < chosen.length; rank++) {
    const n = chosen[rank] ?? 0
    if (isOut(n)) continue
    const keys = sets.in(of.keys[n] ?? 0)
    let best = 0
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] ?? 0
      if (width.wide[key] === 1 && (best === 0 || (count[key] ?? 0) > (count[best] ?? 0))) best = key
    }
    found[rank] = best
  }
  return dropRests(found, chosen, of, size)
}

/** What is left of a key after most of its reports went to another one may be too little for a campaign. */
const dropRests = (found: Int32Array, chosen: Int32Array, of: Columns, size: number): Int32Array => {
  const count = space.count(size)
  const width = makeWidth(size)
  for (let rank = 0; rank < found.length; rank++) {
    const key = found[rank] ?? 0
    if (key === 0) continue
    count[key] = (count[key] ?? 0) + 1
    width.see(key, of.target[chosen[rank] ?? 0] ?? 0)
  }
  for (let rank = 0; rank < found.length; rank++) {
    const key = found[rank] ?? 0
    if (key !== 0 && ((count[key] ?? 0) < LEAST_REPORTS || width.wide[key] !== 1)) found[rank] = 0
  }
  return found
}

/** How many campaigns these are. */
export const countBursts = (found: Int32Array): number => {
  const met = new Set<number>()
  let last = 0
  for (let rank = 0; rank < found.length; rank++) {
    const key = found[rank] ?? 0
    // Reports of a campaign come together, so that most are those of the one before.
    if (key !== 0 && key !== last) met.add(key)
    if (key !== 0) last = key
  }
  return met.size
}
