import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
/** What a passphrase comes to with a salt of its own; both base64. */
export type SealedPassphrase = { salt: string; hash: string }

/** Some 60 ms and 32 MB a try. */
const COST = { N: 1 << 15, r: 8, p: 1, maxmem: 64 << 20 }
const LENGTH = 32

const stretch = (passphrase: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // The same letters, however a keyboard composes them.
    scrypt(passphrase.normalize('NFKC'), salt, LENGTH, COST, (error, hash) => (error ? reject(error) : resolve(hash)))
  })

/** Seals a passphrase: nobody can read it there, only try. */
export const sealPassphrase = async (passphrase: string): Promise<SealedPassphrase> => {
  const salt = randomBytes(16)
  return { salt: salt.toString('base64'), hash: (await stretch(passphrase, salt)).toString('base64') }
}

/** Whether a passphrase is the one that was sealed. */
export const isPassphraseOf = async ({ salt, hash }: SealedPassphrase, passphrase: string): Promise<boolean> => {
  const tried = await stretch(passphrase, Buffer.from(salt, 'base64'))
  const wanted = Buffer.from(hash, 'base64')
  return tried.length === wanted.length && timingSafeEqual(tried, wanted)
}
