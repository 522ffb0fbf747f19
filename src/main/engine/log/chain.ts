import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { Json } from './canonical.ts'
import {
  type Body,
  commitmentOf,
  entryHash,
  GENESIS,
  keyIdOf,
  linkOf,
  type PublicKey,
  readBody,
  SALT,
} from './entry.ts'
import type { Line } from './lines.ts'

/** An entry to be checked: as a line has it, and where it comes from the vault, the columns that repeat its body. */
export type Sealed = Line & { columns?: Pick<Body, 'seq' | 'at' | 'source' | 'action' | 'server'> }

/** The first entry that does not hold, and why: the end of a message code `verdict.*`. */
type Bad = { seq: number; why: `verdict.${string}` }

/** How far a chain was followed. `last` is the newest entry that was reached. */
export type Walk = { bad: Bad | null; entries: number; head: string; last: { body: Body; line: Sealed } | undefined }

/** How strictly a chain is followed. */
export type Rules = {
  /** Check each signature, not only the last of each key: it covers all before it. */
  everySignature: boolean
  /** What is to be known of personal values: all that were not erased, or none. */
  personal: 'all' | 'none'
  /** How many entries there have to be; left out where that is not known. */
  count?: number
}

const keys = new Map<string, KeyObject | undefined>()
const keyOf = (publicKey: string): KeyObject | undefined => {
  if (keys.has(publicKey)) return keys.get(publicKey)
  if (keys.size > 1000) keys.clear()
  let key: KeyObject | undefined
  try {
    key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), type: 'spki', format: 'der' })
  } catch {
    // Not a key: nothing that it is said to have signed holds.
  }
  keys.set(publicKey, key?.asymmetricKeyType === 'ed25519' ? key : undefined)
  return keys.get(publicKey)
}

/** Whether the key's owner signed this hash. A key or signature that could be written otherwise is none. */
export const isSigned = ({ id, publicKey }: PublicKey, hash: string, signature: string): boolean => {
  const bytes = Buffer.from(signature, 'base64')
  const key = keyOf(publicKey)
  if (key === undefined || id !== keyIdOf(publicKey) || bytes.toString('base64') !== signature) return false
  return verify(null, Buffer.from(hash), key, bytes)
}

const disclosedHolds = ({ commitments }: Body, { personal }: Sealed, rules: Rules): boolean => {
  for (const name in personal) {
    const one = personal[name]
    if (rules.personal === 'none' || !one) return false
    if (!SALT.test(one.salt) || commitments[name] !== commitmentOf(name, one)) return false
  }
  return true
}

const columnsHold = (body: Body, { columns }: Sealed): boolean =>
  columns === undefined ||
  (columns.seq === body.seq &&
    columns.at === body.at &&
    columns.source === body.source &&
    columns.action === body.action &&
    columns.server === body.server)

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

/** What an entry `personal.erased` tells of: number and name of each value. */
const erasedIn = ({ erased }: Body['facts']): string[] => {
  if (!isList(erased)) return []
  return erased.flatMap(one => {
    if (one === null || typeof one !== 'object' || !('names' in one) || !isList(one.names)) return []
    return one.names.map(name => `${one.entry} ${name}`)
  })
}

/** Names that an entry has a commitment for but no value, and what later entries say was erased. */
const makeMissing = () => {
  const missing = new Map<string, number>()
  return {
    take: ({ seq, action, facts, commitments }: Body, { personal }: Sealed) => {
      for (const name in commitments) if (!Object.hasOwn(personal, name)) missing.set(`${seq} ${name}`, seq)
      if (action === 'personal.erased') for (const gone of erasedIn(facts)) missing.delete(gone)
    },
    first: (): Bad | null => {
      const [seq] = missing.values()
      return seq === undefined ? null : { seq, why: 'verdict.personal-missing' }
    },
  }
}

/** A new key may only begin with the entry that says so. */
const mayFollow = (last: Body, next: Body): boolean =>
  last.key.publicKey === next.key.publicKey || (next.action === 'writer.changed' && next.facts.from === last.key.id)

/**
 * Follows the chain from its first entry and stops at the first that does not hold. The number named is the one expected there:
 * a missing, moved or doubled entry has no number of its own.
 */
const walkChain = (lines: Iterable<Sealed | undefined>, rules: Rules): Walk => {
  const missing = makeMissing()
  let last: Walk['last']
  let entries = 0
  const signedLast = () => !last || isSigned(last.body.key, last.line.hash, last.line.signature)
  const wrong = (body: Body, line: Sealed, seq: number): Bad | null => {
    if (entryHash(line.text) !== line.hash) return { seq, why: 'verdict.hash' }
    if (body.seq !== seq) return { seq, why: body.seq > seq ? 'verdict.missing' : 'verdict.order' }
    if (body.prev !== (last ? linkOf(last.line) : GENESIS)) {
      // Either of the two may have been changed: the signature tells which.
      return signedLast() ? { seq, why: 'verdict.link' } : { seq: seq - 1, why: 'verdict.signature' }
    }
    if (last && body.key.publicKey !== last.body.key.publicKey) {
      if (!signedLast()) return { seq: seq - 1, why: 'verdict.signature' }
      if (!mayFollow(last.body, body)) return { seq, why: 'verdict.key' }
    }
    if (!columnsHold(body, line)) return { seq, why: 'verdict.columns' }
    if (!disclosedHolds(body, line, rules)) return { seq, why: 'verdict.personal' }
    if (rules.everySignature && !isSigned(body.key, line.hash, line.signature)) return { seq, why: 'verdict.signature' }
    return null
  }
  const end = (bad: Bad | null): Walk => ({ bad, entries, head: last?.line.hash ?? GENESIS, last })
  for (const line of lines) {
    const seq = entries + 1
    if (rules.count !== undefined && seq > rules.count) return end({ seq, why: 'verdict.extra' })
    const body = line && readBody(line.text.toString('utf8'))
    if (!line || !body) return end({ seq, why: 'verdict.unreadable' })
    const bad = wrong(body, line, seq)
    if (bad) return end(bad)
    if (rules.personal === 'all') missing.take(body, line)
    last = { body, line }
    entries = seq
  }
  if (!signedLast()) return end({ seq: entries, why: 'verdict.signature' })
  if (rules.count !== undefined && entries < rules.count) return end({ seq: entries + 1, why: 'verdict.missing' })
  return end(missing.first())
}

/**
 * The same in two tries: first with the signatures that cover all others; where one of those fails, again with every signature,
 * to name the first entry that the key did not sign.
 */
export const walkFast = (lines: () => Iterable<Sealed | undefined>, rules: Omit<Rules, 'everySignature'>): Walk => {
  const fast = walkChain(lines(), { ...rules, everySignature: false })
  return fast.bad?.why === 'verdict.signature' ? walkChain(lines(), { ...rules, everySignature: true }) : fast
}
