import { visibleControls } from '../../../shared/visible-text.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { canonical, type Json } from './canonical.ts'
import { ACTION, type Body, commitmentOf, entryHash, GENESIS, linkOf, NAME, type Signer } from './entry.ts'
import { putInSearch } from './search-index.ts'

/**
 * What an entry will say. `facts` hold codes, numbers, ids and domains, never a person's name, handle, address or free text:
 * those go to `personal`, of which the entry keeps only commitments.
 */
export type LogDraft = {
  source: 'did' | 'saw'
  action: string
  server: string | null
  facts: Record<string, Json>
  personal?: Record<string, string>
}

/** The newest entry's number, time, hash and signature. */
export type Head = { seq: number; at: number; hash: string; signature: string }
/** The newest entry, if there is one. */
export const readHead = (db: ReadDb): Head | undefined =>
  db.get<Head>('SELECT seq, at, hash, signature FROM log_entry ORDER BY seq DESC LIMIT 1')

/** Codes, ids, domains and releases are far shorter; an entry has to stay shorter than the longest line that a verification reads. */
const LONGEST_FACT = 4096
/** What people write, or the name that they gave a file. */
const LONGEST_PERSONAL = 100_000
const cutTo = (most: number, text: string) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

/** Facts as they may stand in a line: well-formed, of bounded length, and with nothing unseen in any text. */
const shown = (value: Json): Json => {
  if (typeof value === 'string') return visibleControls(cutTo(LONGEST_FACT, value))
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(shown)
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [visibleControls(name), shown(one)]))
}

const checkNames = (what: Readonly<Record<string, unknown>>) => {
  for (const name of Object.keys(what)) if (!NAME.test(name)) throw new TypeError(`no name for the log: ${name}`)
}

/** Clocks are put right by some seconds now and then; only more than this is worth an entry. */
const SET_BACK_MS = 60_000

/** The newest entry; where the clock was set back since, that is an entry of its own first: else times would not be trusted. */
const headAt = (db: WriteDb, writer: Signer, at: number): Head | undefined => {
  const head = readHead(db)
  if (!head || head.at - at <= SET_BACK_MS) return head
  write(db, writer, at, head, { source: 'did', action: 'clock.set-back', server: null, facts: { before: head.at } })
  return readHead(db)
}

/**
 * Appends one entry in the caller's transaction, so that a decision and its entry commit together or not at all; announce `log`.
 * Answers the entry's number. Throws on a draft that is our mistake: a name or action out of form, a value that is no JSON.
 */
export const appendLog = (db: WriteDb, writer: Signer, at: number, draft: LogDraft): number => {
  const { action, facts, personal = {} } = draft
  if (!ACTION.test(action)) throw new TypeError(`no action for the log: ${action}`)
  checkNames(facts)
  checkNames(personal)
  return write(db, writer, at, headAt(db, writer, at), draft)
}

const write = (db: WriteDb, writer: Signer, at: number, head: Head | undefined, draft: LogDraft): number => {
  const { source, action, server, facts, personal = {} } = draft
  const kept = Object.entries(personal).map(([name, text]) => {
    const disclosed = { salt: writer.salt(), value: cutTo(LONGEST_PERSONAL, text).replace(/\p{Cs}/gu, '\uFFFD') }
    return { name, ...disclosed, commitment: commitmentOf(name, disclosed) }
  })
  const body: Body = {
    v: 1,
    seq: (head?.seq ?? 0) + 1,
    at,
    source,
    action,
    server,
    facts: Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, shown(value)])),
    commitments: Object.fromEntries(kept.map(({ name, commitment }) => [name, commitment])),
    prev: head ? linkOf(head) : GENESIS,
    key: { id: writer.keyId, publicKey: writer.publicKey },
  }
  const text = canonical(body)
  const hash = entryHash(Buffer.from(text))
  db.run(
    'INSERT INTO log_entry (seq, at, source, action, server, body, hash, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [body.seq, at, source, action, server, text, hash, writer.sign(hash)],
  )
  for (const { name, salt, value } of kept) {
    db.run('INSERT INTO log_personal (seq, name, salt, value) VALUES (?, ?, ?, ?)', [body.seq, name, salt, value])
  }
  putInSearch(db, body.seq, { ...body, personal: Object.fromEntries(kept.map(({ name, value }) => [name, value])) })
  return body.seq
}
