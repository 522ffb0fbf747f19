import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import type { StoredLock } from './table.ts'

/** Some 60 ms and 32 MB a try. */
const COST = { N: 1 << 15, r: 8, p: 1, maxmem: 64 << 20 }
const LENGTH = 32

const stretch = (words: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // The same words, however a keyboard composes them.
    scrypt(words.normalize('NFKC'), salt, LENGTH, COST, (error, hash) => (error ? reject(error) : resolve(hash)))
  })

/** What words come to, with a salt of their own. */
export const sealWords = async (words: string): Promise<Pick<StoredLock, 'salt' | 'hash'>> => {
  const salt = randomBytes(16)
  return { salt: salt.toString('base64'), hash: (await stretch(words, salt)).toString('base64') }
}

/** Whether words are those of a lock. */
export const areWordsOf = async ({ salt, hash }: StoredLock, words: string): Promise<boolean> => {
  const tried = await stretch(words, Buffer.from(salt, 'base64'))
  const wanted = Buffer.from(hash, 'base64')
  return tried.length === wanted.length && timingSafeEqual(tried, wanted)
}
