import { hash } from 'node:crypto'
import type { Json } from './canonical.ts'

/**
 * What an entry's hash covers, as canonical JSON. `prev` is the link to the entry before (`GENESIS` in the first);
 * `commitments` stand for personal values, which live beside the entry and may be erased; `key` is the writer's.
 */
export type Body = {
  v: 1
  seq: number
  at: number
  source: 'did' | 'saw'
  action: string
  server: string | null
  facts: { readonly [name: string]: Json }
  commitments: { readonly [name: string]: string }
  prev: string
  key: PublicKey
}

/** A writer's public key: base64 of its SubjectPublicKeyInfo, and the first 16 hex digits of that text's SHA-256. */
export type PublicKey = { id: string; publicKey: string }

/** What signs entries: `sign` answers base64 of the Ed25519 signature over a hash's 64 hex digits, `salt` 128 random bits in hex. */
export type Signer = { keyId: string; publicKey: string; sign(hash: string): string; salt(): string }

/** A personal value with the salt that its commitment was made with. */
export type Disclosed = { salt: string; value: string }

/** The `prev` of the first entry. */
export const GENESIS = '0'.repeat(64)

const LINK = '\u0002'
const HEADER = Buffer.of(3)

/** One place for the bytes of an entry behind a zero: a verification hashes a million of them. */
let bench = Buffer.alloc(1 << 16)

/** SHA-256 of a zero byte and the canonical bytes, in hex. */
export const entryHash = (body: Buffer): string => {
  if (bench.length <= body.length) bench = Buffer.alloc(body.length * 2)
  body.copy(bench, 1)
  return hash('sha256', bench.subarray(0, body.length + 1))
}
/** What the next entry's `prev` is: it covers the signature too, so that no byte of an entry can change unseen. */
export const linkOf = (entry: { hash: string; signature: string }): string =>
  hash('sha256', LINK + entry.hash + entry.signature)
/** SHA-256 of a three byte and the header's canonical bytes: never the hash of an entry. */
export const headerHash = (header: Buffer): string => hash('sha256', Buffer.concat([HEADER, header]))
/** What an entry says of a personal value: nothing, once the salt is gone. */
export const commitmentOf = (name: string, { salt, value }: Disclosed): string => hash('sha256', salt + name + value)
/** The id of a public key. */
export const keyIdOf = (publicKey: string): string => hash('sha256', publicKey).slice(0, 16)

/** 128 bits in hex. Of a fixed length, so that salt and value cannot trade characters. */
export const SALT = /^[0-9a-f]{32}$/
/** Names of facts and personal values. */
export const NAME = /^[a-z][A-Za-z0-9]{0,39}$/
/** A dotted verb. */
export const ACTION = /^[a-z][a-z-]*(\.[a-z][a-z-]*)+$/

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isTexts = (value: unknown): value is Record<string, string> => {
  if (!isObject(value)) return false
  for (const name in value) if (typeof value[name] !== 'string') return false
  return true
}
const isFacts = (value: unknown): value is Body['facts'] => isObject(value)
const isKey = (value: unknown): value is PublicKey => isTexts(value) && 'id' in value && 'publicKey' in value

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads a body; `undefined` when it is none. By hand, since a verification reads a million of them. */
export const readBody = (text: string): Body | undefined => {
  const body = parsed(text)
  if (!isObject(body) || body.v !== 1) return undefined
  const { seq, at, source, action, server, facts, commitments, prev, key } = body
  if (typeof seq !== 'number' || typeof at !== 'number' || typeof action !== 'string') return undefined
  if (source !== 'did' && source !== 'saw') return undefined
  if (server !== null && typeof server !== 'string') return undefined
  if (!isFacts(facts) || !isTexts(commitments) || typeof prev !== 'string' || !isKey(key)) return undefined
  return { v: 1, seq, at, source, action, server, facts, commitments, prev, key }
}

/** Reads facts alone; `undefined` when they are none. */
export const readFacts = (text: string): Body['facts'] | undefined => {
  const facts = parsed(text)
  return isFacts(facts) ? facts : undefined
}

/** Reads the personal values beside an entry; `undefined` when they are none. */
export const readDisclosed = (value: unknown): Record<string, Disclosed> | undefined => {
  if (!isObject(value)) return undefined
  const read: Record<string, Disclosed> = {}
  for (const name in value) {
    const one = value[name]
    if (!NAME.test(name) || !isObject(one)) return undefined
    const { salt, value: text } = one
    if (typeof salt !== 'string' || typeof text !== 'string') return undefined
    read[name] = { salt, value: text }
  }
  return read
}

/**
 * Parts of a canonical body, cut out instead of parsed: names are sorted, commitments hold no braces, and no text in it holds a
 * bare quote.
 */
const FACTS = '},"facts":'
const COMMITMENTS = ',"commitments":'
/** The text of a body's facts. */
export const factsIn = (body: string): string =>
  body.slice(body.indexOf(FACTS) + FACTS.length, body.lastIndexOf(',"key":{"id":'))
/** The text of a body's commitments. */
export const commitmentsIn = (body: string): string =>
  body.slice(body.indexOf(COMMITMENTS) + COMMITMENTS.length, body.indexOf(FACTS) + 1)
