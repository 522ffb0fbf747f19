import { createHmac, randomBytes } from 'node:crypto'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'

/** Someone who was rejected is known again for so long. */
const KEPT_MS = 180 * 86_400_000

const KEY = 'rejected-key'
const readKey = (db: ReadDb): string | undefined =>
  db.get<{ value: string }>('SELECT value FROM meta WHERE name = ?', [KEY])?.value

/** An e-mail as its hash: lower case, and in its first part no dots and nothing from `+` on, so that a variation is the same. */
const hashOf = (key: string, email: string): string => {
  const at = email.lastIndexOf('@')
  const name = email.slice(0, at).toLowerCase().split('+')[0] ?? ''
  return createHmac('sha256', Buffer.from(key, 'hex'))
    .update(`${name.replaceAll('.', '')}${email.slice(at).toLowerCase()}`)
    .digest('base64url')
}

/** Remembers someone whom we rejected, while their personal data is still here. */
export const rememberRejected = (db: WriteDb, server: ServerKey, id: string, now: number): void => {
  let key = readKey(db)
  if (key === undefined) {
    key = randomBytes(32).toString('hex')
    db.run('INSERT INTO meta VALUES (?, ?)', [KEY, key])
  }
  const person = db.get<{ username: string; email: string | null; range: string | null }>(
    `SELECT a.username, a.email, s.range FROM mirror.signup s JOIN mirror.account a ON a.server = s.server AND a.id = s.id
     WHERE s.server = ? AND s.id = ?`,
    [server, id],
  )
  if (!person) return
  db.run('INSERT OR REPLACE INTO rejected_signup VALUES (?, ?, ?, ?, ?, ?, ?)', [
    server,
    id,
    person.username.toLowerCase(),
    person.email === null ? null : hashOf(key, person.email),
    person.range,
    now,
    now + KEPT_MS,
  ])
}

/** What tells whether someone was rejected on a server before: the same e-mail, or the same user name from the same range. */
export const rejectedOn = (
  db: ReadDb,
  server: ServerKey,
): ((person: { username: string; email: string | null; range: string | null }) => boolean) => {
  const key = readKey(db)
  if (key === undefined) return () => false
  const stubs = db.all<{ username: string; mail_hash: string | null; range: string | null }>(
    'SELECT username, mail_hash, range FROM rejected_signup WHERE server = ?',
    [server],
  )
  const mails = new Set(stubs.flatMap(({ mail_hash }) => mail_hash ?? []))
  const names = new Set(stubs.flatMap(({ username, range }) => (range === null ? [] : [`${username} ${range}`])))
  return ({ username, email, range }) =>
    (email !== null && mails.has(hashOf(key, email))) ||
    (range !== null && names.has(`${username.toLowerCase()} ${range}`))
}

/** Forgets whom it is time to forget; says how many they were. */
export const forgetRejected = (db: WriteDb, now: number): number =>
  db.run('DELETE FROM rejected_signup WHERE until < ?', [now])

/** Forgets that someone was rejected. */
export const dropRejected = (db: WriteDb, server: ServerKey, id: string): void =>
  void db.run('DELETE FROM rejected_signup WHERE server = ? AND account_id = ?', [server, id])
