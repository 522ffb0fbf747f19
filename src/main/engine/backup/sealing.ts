import {
  type CipherGCM,
  createCipheriv,
  createDecipheriv,
  type DecipherGCM,
  randomBytes,
  scryptSync,
} from 'node:crypto'
import { z } from 'zod'
import { Failure } from '../../../shared/contract/failure.ts'

/** What has to be known, beside the passphrase, to open what was sealed under it (AES-256-GCM, its key by scrypt). Base64. */
const Sealed = z.strictObject({ nonce: z.base64(), tag: z.base64() })
/** How a backup is encrypted, as its manifest tells; see `openUnder`. */
export const Sealing = z.strictObject({
  kdf: z.literal('scrypt'),
  // Bounds, since a stranger may have written them: 2^20 with blocks of 8 takes a gigabyte.
  log2N: z.int().min(14).max(20),
  r: z.literal(8),
  p: z.literal(1),
  salt: z.base64(),
  vault: Sealed,
  /** The private key that signs the log. */
  key: Sealed.extend({ body: z.base64() }),
})
export type Sealing = z.infer<typeof Sealing>

const LOG2_N = 17
const VAULT = Buffer.from('howdah-backup 1 vault')
const KEY = Buffer.from('howdah-backup 1 key')

const keyFrom = (passphrase: string, salt: Buffer, log2N: number): Buffer =>
  scryptSync(passphrase.normalize('NFC'), salt, 32, { N: 2 ** log2N, r: 8, p: 1, maxmem: 2 ** (log2N + 11) })

const text = (bytes: Buffer) => bytes.toString('base64')
const bytes = (of: string) => Buffer.from(of, 'base64')

/** Seals a vault, piece by piece, and the log's private key beside it. `end` is called when the vault's last piece is through. */
export const sealUnder = (passphrase: string, secret: string): { cipher: CipherGCM; end(): Sealing } => {
  const salt = randomBytes(16)
  const key = keyFrom(passphrase, salt, LOG2_N)
  const [nonce, keyNonce] = [randomBytes(12), randomBytes(12)]
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(VAULT)
  const ofKey = createCipheriv('aes-256-gcm', key, keyNonce).setAAD(KEY)
  const body = Buffer.concat([ofKey.update(secret, 'utf8'), ofKey.final()])
  return {
    cipher,
    end: () => ({
      kdf: 'scrypt',
      log2N: LOG2_N,
      r: 8,
      p: 1,
      salt: text(salt),
      vault: { nonce: text(nonce), tag: text(cipher.getAuthTag()) },
      key: { nonce: text(keyNonce), tag: text(ofKey.getAuthTag()), body: text(body) },
    }),
  }
}

/** Opens what was sealed: the log's private key at once, the vault through `decipher`. `not-allowed` for another passphrase. */
export const openUnder = (passphrase: string, sealing: Sealing): { decipher: DecipherGCM; secret: string } => {
  const key = keyFrom(passphrase, bytes(sealing.salt), sealing.log2N)
  const opening = ({ nonce, tag }: Sealing['vault'], about: Buffer) =>
    createDecipheriv('aes-256-gcm', key, bytes(nonce), { authTagLength: 16 }).setAAD(about).setAuthTag(bytes(tag))
  try {
    const ofKey = opening(sealing.key, KEY)
    const secret = Buffer.concat([ofKey.update(bytes(sealing.key.body)), ofKey.final()]).toString('utf8')
    return { decipher: opening(sealing.vault, VAULT), secret }
  } catch {
    throw new Failure('not-allowed', { reason: 'backup.other-passphrase' })
  }
}
