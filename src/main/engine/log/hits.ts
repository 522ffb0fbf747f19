import { z } from 'zod'
import { HITS_TOLD, LogHit } from '../../../shared/contract/log.ts'
import type { ReadDb } from '../db/handle.ts'
import type { Json } from './canonical.ts'
import { factsIn, readFacts } from './entry.ts'

/** What looks as if it named a person, though personal values are left out: the first hits, and how many there are. */
export const Hits = z.object({ total: z.int(), hits: z.array(LogHit) })
export type Hits = z.infer<typeof Hits>

type Found = Pick<LogHit, 'looksLike' | 'text'>

/** How each kind of personal data looks. E-mail before handle, since it holds one. */
const looks: readonly (readonly [LogHit['looksLike'], RegExp])[] = [
  ['email', /(?<![\p{L}\p{N}._%+@/-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u],
  ['handle', /(?<![\p{L}\p{N}@.])@[\p{L}\p{N}_]+(?:[.-][\p{L}\p{N}_]+)*(?:@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)?/u],
  ['address', /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)(?:\/\d{1,2})?/],
  ['address', /(?<![0-9a-f:])(?:[0-9a-f]{1,4}:){2,7}(?::|[0-9a-f]{1,4})(?:[0-9a-f:]*)(?:\/\d{1,3})?/i],
  ['phone', /(?<![\p{L}\p{N}])(?:\+|00)\d[\d ().-]{6,18}\d(?!\d)/u],
]
/** Whether one of them may be in there at all: far cheaper than to look for each. */
const MAY = /@|\d\.\d|:[0-9a-f]*:|\+\d|00\d/i

/** Facts that hold codes of ours: no name is looked for in them, though someone may be called `spam`. */
const CODES: ReadonlySet<string> = new Set(
  'kind why list token sealedBy tokenFrom format reason fields severity category waitingFor setting before after state scopes domain release'.split(
    ' ',
  ),
)
const MACHINE = /^(?:[0-9a-f-]{16,}|\d*)$/
const SHORTEST_NAME = 3

/** Every user name and handle that stands among the personal values, in small letters. */
const knownNames = (db: ReadDb): Set<string> => {
  const names = new Set<string>()
  const told = `SELECT DISTINCT value FROM log_personal WHERE name IN ('target', 'by', 'assigned', 'account') AND value IS NOT NULL`
  for (const { value } of db.each<{ value: string }>(told)) {
    const handle = value.replace(/^@/, '').toLowerCase()
    if (/\s/.test(handle) || handle.length < SHORTEST_NAME) continue
    names.add(handle)
    const [user = ''] = handle.split('@')
    if (user.length >= SHORTEST_NAME) names.add(user)
  }
  return names
}

const hitIn = (text: string, fact: string, names: ReadonlySet<string>): Found | undefined => {
  // Where a server is reached is no person, also where that is a bare address.
  if (MACHINE.test(text) || fact === 'origin') return undefined
  if (MAY.test(text))
    for (const [looksLike, look] of looks) {
      const found = look.exec(text)?.[0]
      if (found !== undefined) return { looksLike, text: found }
    }
  if (CODES.has(fact)) return undefined
  const name = text.split(/[^\p{L}\p{N}_@.-]+/u).find(word => names.has(word.toLowerCase().replace(/^@|[.-]+$/g, '')))
  return name === undefined ? undefined : { looksLike: 'name', text: name }
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)
const hitsIn = function* (value: Json, fact: string, names: ReadonlySet<string>): Generator<Found> {
  if (typeof value === 'string') {
    const hit = hitIn(value, fact, names)
    if (hit) yield hit
  } else if (value !== null && typeof value === 'object')
    for (const one of isList(value) ? value : Object.values(value)) yield* hitsIn(one, fact, names)
}

/** Looks through the facts of every entry. Reads the whole log, so only for the second worker. */
export const findHits = (db: ReadDb): Hits => {
  const names = knownNames(db)
  const hits: LogHit[] = []
  let total = 0
  const entries = db.each<{ seq: number; action: string; body: string }>(
    'SELECT seq, action, body FROM log_entry ORDER BY seq',
  )
  for (const { seq, action, body } of entries)
    for (const [fact, value] of Object.entries(readFacts(factsIn(body)) ?? {}))
      for (const hit of hitsIn(value, fact, names)) {
        total += 1
        if (hits.length < HITS_TOLD) hits.push({ seq, action, fact, ...hit })
      }
  return { total, hits }
}
