import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { Failure } from '../../../shared/contract/failure.ts'
import type { Gate } from '../db/gate.ts'
import type { ReadDb } from '../db/handle.ts'
import { appendLog } from './append.ts'
import { keyIdOf, type Signer } from './entry.ts'

/** Who signs the log: an Ed25519 key of this data folder. */
export type Writer = Signer

/** The part of the door that keeps the private key. */
export type SealingDoor = {
  seal(secret: string): Promise<{ sealed: string; by: string }>
  unseal(sealed: string): Promise<{ secret: string; resealed?: string | undefined }>
}

const textOf = (publicKey: KeyObject) => publicKey.export({ type: 'spki', format: 'der' }).toString('base64')

/** The writer of a private key (base64 of PKCS 8). Throws when it is none. */
export const writerOf = (secret: string): Writer => {
  const key = createPrivateKey({ key: Buffer.from(secret, 'base64'), type: 'pkcs8', format: 'der' })
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('the log is signed with Ed25519')
  const publicKey = textOf(createPublicKey(key))
  return {
    keyId: keyIdOf(publicKey),
    publicKey,
    sign: hash => sign(null, Buffer.from(hash), key).toString('base64'),
    salt: () => randomBytes(16).toString('hex'),
  }
}

/** A new private key, as `writerOf` takes it. */
export const newWriterSecret = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')

type KeyRow = { id: string; public_key: string; sealed_private_key: string }
const currentKey = (db: ReadDb) =>
  db.get<KeyRow>('SELECT id, public_key, sealed_private_key FROM writer_key ORDER BY made_at DESC, id LIMIT 1')

/** The private key that signs now, as `writerOf` takes it. Fails as the door fails. */
export const readWriterSecret = async (gate: Gate, door: SealingDoor): Promise<string> => {
  const row = gate.read(currentKey)
  if (!row) throw new Failure('not-found')
  return (await door.unseal(row.sealed_private_key)).secret
}

/** The known key's writer; `undefined` when the door says that it cannot open it, or opens something else. */
const unsealed = async (gate: Gate, row: KeyRow, door: SealingDoor): Promise<Writer | undefined> => {
  // A backup without a passphrase left it out.
  if (row.sealed_private_key === '') return undefined
  try {
    const { secret, resealed } = await door.unseal(row.sealed_private_key)
    const writer = writerOf(secret)
    if (writer.publicKey !== row.public_key) return undefined
    if (resealed !== undefined)
      gate.write([], db => db.run('UPDATE writer_key SET sealed_private_key = ? WHERE id = ?', [resealed, row.id]))
    return writer
  } catch (error) {
    // A door that is away or slow is no reason to change keys.
    if (error instanceof Failure && error.code !== 'not-allowed') throw error
    return undefined
  }
}

/**
 * Opens the log's writer: the newest key of the vault, or a new one, sealed by the door before it is stored. Where a key is lost
 * the log goes on under a new one, and the entry `writer.changed` says so.
 */
export const openWriter = async (gate: Gate, door: SealingDoor, now: number): Promise<Writer> => {
  const known = gate.read(currentKey)
  const opened = known && (await unsealed(gate, known, door))
  if (opened) return opened
  const secret = newWriterSecret()
  const writer = writerOf(secret)
  const { sealed } = await door.seal(secret)
  gate.write(known ? ['log'] : [], db => {
    const newest = db.column<number>('SELECT max(made_at) FROM writer_key')[0] ?? 0
    db.run('INSERT INTO writer_key (id, public_key, sealed_private_key, made_at) VALUES (?, ?, ?, ?)', [
      writer.keyId,
      writer.publicKey,
      sealed,
      Math.max(now, newest + 1),
    ])
    if (!known) return
    const facts = { from: known.id, to: writer.keyId }
    appendLog(db, writer, now, { source: 'did', action: 'writer.changed', server: null, facts })
  })
  return writer
}
