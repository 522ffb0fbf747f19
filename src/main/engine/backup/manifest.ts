import { hash } from 'node:crypto'
import { z } from 'zod'
import { Failure } from '../../../shared/contract/failure.ts'
import { canonical } from '../log/canonical.ts'
import { isSigned } from '../log/chain.ts'
import type { Signer } from '../log/entry.ts'
import { Sealing } from './sealing.ts'

/** The first line of a backup. */
export const FIRST_LINE = 'howdah-backup 1\n'
const ANY_FIRST_LINE = /^howdah-backup (\d{1,6})\n/

/**
 * What a backup holds, in its last line, signed by the key that signs the log: the vault's version, its bytes and their SHA-256 as they
 * lie in the file, how many entries the log has and the newest one's hash. `sealing` is null where it is not encrypted.
 */
export const Manifest = z.strictObject({
  schema: z.literal('howdah-backup/1'),
  at: z.int(),
  vault: z.int(),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  entries: z.int().min(0),
  head: z.string(),
  key: z.strictObject({ id: z.string(), publicKey: z.string() }),
  sealing: Sealing.nullable(),
})
export type Manifest = z.infer<typeof Manifest>

const Line = z.strictObject({ manifest: z.unknown(), signature: z.string() })

/** Never the hash of an entry or of an export's header. */
const hashOf = (manifest: Manifest): string =>
  hash('sha256', Buffer.concat([Buffer.of(4), Buffer.from(canonical(manifest))]))

/** Writes and signs the last line, with its end. */
export const signManifest = (facts: Omit<Manifest, 'schema' | 'key'>, writer: Signer): string => {
  const manifest: Manifest = {
    schema: 'howdah-backup/1',
    key: { id: writer.keyId, publicKey: writer.publicKey },
    ...facts,
  }
  return `{"manifest":${canonical(manifest)},"signature":"${writer.sign(hashOf(manifest))}"}\n`
}

/** Fails with `invalid-input` for what is no backup, with `newer-data` for one in a form that this Howdah does not know. */
export const checkFirstLine = (text: string): void => {
  const [, form] = ANY_FIRST_LINE.exec(text) ?? []
  if (form === undefined) throw new Failure('invalid-input', { reason: 'backup.none' })
  if (form !== '1') throw new Failure('newer-data', { reason: 'backup.newer' })
}

/** Reads the last line. Fails with `invalid-input` where it is cut off, was changed, or is not signed by the key that it names. */
export const readManifest = (line: string): Manifest => {
  const changed = () => new Failure('invalid-input', { reason: 'backup.changed' })
  let read: unknown
  try {
    read = JSON.parse(line)
  } catch {
    throw changed()
  }
  const parts = Line.safeParse(read).data
  const manifest = Manifest.safeParse(parts?.manifest).data
  if (!parts || !manifest || !isSigned(manifest.key, hashOf(manifest), parts.signature)) throw changed()
  return manifest
}
