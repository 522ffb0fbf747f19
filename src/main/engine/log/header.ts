import { z } from 'zod'
import { canonical } from './canonical.ts'
import { GENESIS, headerHash, type Signer } from './entry.ts'
import { writeLine } from './lines.ts'

/**
 * The first line of a JSON Lines export: what the file must hold, signed. `head` is the newest entry's hash, `leftOut` says what
 * is not in the file, `servers` names the domains behind the servers' keys.
 */
const Header = z.strictObject({
  schema: z.literal('howdah-log/1'),
  at: z.int(),
  from: z.literal(1),
  to: z.int(),
  count: z.int(),
  head: z.string(),
  key: z.strictObject({ id: z.string(), publicKey: z.string() }),
  personal: z.boolean(),
  leftOut: z.array(z.string()),
  filter: z.literal('none'),
  timeZone: z.literal('UTC'),
  servers: z.record(z.string(), z.string()),
})
/** The header as it was read. */
export type Header = z.infer<typeof Header>

/** What differs from one header to the next. `head` is undefined and `to` 0 where the log is empty. */
export type HeaderFacts = Pick<Header, 'at' | 'to' | 'count' | 'personal' | 'servers'> & { head: string | undefined }

/** Writes and signs the first line. */
export const signHeader = ({ head = GENESIS, ...facts }: HeaderFacts, writer: Signer): string => {
  const header: Header = {
    schema: 'howdah-log/1',
    from: 1,
    head,
    key: { id: writer.keyId, publicKey: writer.publicKey },
    leftOut: facts.personal ? ['erased personal values'] : ['personal values'],
    filter: 'none',
    timeZone: 'UTC',
    ...facts,
  }
  const text = canonical(header)
  const hash = headerHash(Buffer.from(text))
  return writeLine('header', { hash, signature: writer.sign(hash), personal: {}, text })
}

/** Reads a header; `undefined` when the text is none of this version. */
export const readHeader = (text: string): Header | undefined => {
  try {
    return Header.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
