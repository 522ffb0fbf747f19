import { type ColumnStore, makeNames } from './columns.ts'
import { BUCKETS, cutKeys } from './key-cuts.ts'
import { makeSpace, widened } from './space.ts'
import { severityOf } from './table.ts'

/** So many reports about three accounts or more are shown as a campaign. The key itself knows nothing of it. */
const LEAST_REPORTS = 5

const space = {
  found: makeSpace(),
  who: makeSpace(),
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
 * The campaigns among open reports. Nearly all keys belong to one report alone, so they are only counted, by bucket; those whose bucket was
 * met five times are numbered, from 1: the passes over them then stay within the processor's own memory.
 */
export const makeBursts = ({ all }: ColumnStore) => {
  /** By report number, its keys as they stand in the mirror. */
  let texts: string[] = []
  /** How often each bucket was met, up to the least that counts. */
  const met = new Uint8Array(BUCKETS)
  /** Keys as they are escaped in the mirror. */
  let shared = makeNames()
  /** By report number, where its shared keys stand in the pool: first how many, then each. */
  let places = new Int32Array(0)
  let pool = new Int32Array(0)
  let used = 1
  let isStale = true

  const place = (n: number): number => {
    const text = texts[n] ?? ''
    const cuts = cutKeys(text)
    pool = widened(pool, used + cuts.length + 1)
    let count = 0
    for (let i = 0; i < cuts.length; i += 3)
      if ((met[cuts[i] ?? 0] ?? 0) >= LEAST_REPORTS)
        pool[used + ++count] = shared.of(text.slice(cuts[i + 1], cuts[i + 2]))
    if (count === 0) return 0
    const at = used
    pool[at] = count
    used += count + 1
    return at
  }
  const placeAll = (open: Int32Array) => {
    used = 1
    shared = makeNames()
    for (let i = 0; i < open.length; i++) places[open[i] ?? 0] = place(open[i] ?? 0)
    isStale = false
  }
  const makeRoom = (n: number) => {
    places = widened(places, n + 1)
    if (n >= texts.length) texts = texts.concat(new Array<string>(places.length - texts.length).fill(''))
  }
  /** What is left of a key after most of its reports went to another one may be too little for a campaign. */
  const dropRests = (found: Int32Array, who: Int32Array, chosen: Int32Array) => {
    const { target } = all()
    const count = space.count(shared.size())
    const width = makeWidth(shared.size())
    for (let i = 0; i < who.length; i++) {
      const key = found[who[i] ?? 0] ?? 0
      if (key === 0) continue
      count[key] = (count[key] ?? 0) + 1
      width.see(key, target[chosen[who[i] ?? 0] ?? 0] ?? 0)
    }
    for (let i = 0; i < who.length; i++) {
      const key = found[who[i] ?? 0] ?? 0
      if ((count[key] ?? 0) < LEAST_REPORTS || width.wide[key] !== 1) found[who[i] ?? 0] = 0
    }
  }
  return {
    /** For reports up to this number: what grows leaves its shorter selves behind. */
    makeRoom,
    /** A report came, or its keys changed: a JSON array of texts. */
    note: (n: number, text: string) => {
      makeRoom(n)
      texts[n] = text
      const cuts = cutKeys(text)
      for (let i = 0; i < cuts.length; i += 3) {
        const bucket = cuts[i] ?? 0
        const before = met[bucket] ?? 0
        if (before >= LEAST_REPORTS) continue
        met[bucket] = before + 1
        // Those that had it before were not given its number.
        if (before + 1 === LEAST_REPORTS) isStale = true
      }
      places[n] = isStale ? 0 : place(n)
    },
    /**
     * For each of these reports, out of all open ones, the number of the campaign that it is part of now, or 0: of its keys the one that
     * most of them share. Legal reports are looked at one by one, so they are in none. The answer is filled anew by the next call.
     */
    find: (chosen: Int32Array, open: Int32Array): Int32Array => {
      if (isStale) placeAll(open)
      const { severity, target } = all()
      const found = space.found(chosen.length)
      const ranks = space.who(chosen.length)
      const count = space.count(shared.size())
      let having = 0
      for (let rank = 0; rank < chosen.length; rank++) {
        const n = chosen[rank] ?? 0
        const at = places[n] ?? 0
        if (at === 0 || severity[n] === severityOf.legal) continue
        ranks[having++] = rank
        for (let i = at + (pool[at] ?? 0); i > at; i--) count[pool[i] ?? 0] = (count[pool[i] ?? 0] ?? 0) + 1
      }
      const who = ranks.subarray(0, having)
      const width = makeWidth(shared.size())
      for (let i = 0; i < who.length; i++) {
        const n = chosen[who[i] ?? 0] ?? 0
        const at = places[n] ?? 0
        for (let k = at + (pool[at] ?? 0); k > at; k--)
          if ((count[pool[k] ?? 0] ?? 0) >= LEAST_REPORTS) width.see(pool[k] ?? 0, target[n] ?? 0)
      }
      for (let i = 0; i < who.length; i++) {
        const at = places[chosen[who[i] ?? 0] ?? 0] ?? 0
        let best = 0
        for (let k = at + 1; k <= at + (pool[at] ?? 0); k++) {
          const key = pool[k] ?? 0
          if (width.wide[key] === 1 && (best === 0 || (count[key] ?? 0) > (count[best] ?? 0))) best = key
        }
        found[who[i] ?? 0] = best
      }
      dropRests(found, who, chosen)
      return found
    },
    /** The key of a campaign. */
    keyOf: (burst: number): string => String(JSON.parse(`"${shared.text(burst)}"`)),
  }
}

/** How many campaigns these are. */
export const countBursts = (found: Int32Array): number => {
  const met: boolean[] = []
  let count = 0
  for (let rank = 0; rank < found.length; rank++) {
    const burst = found[rank] ?? 0
    if (burst === 0 || met[burst]) continue
    met[burst] = true
    count++
  }
  return count
}
