import type { BlockFamily, blocks } from '../../../shared/contract/blocks.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { Context } from '../context.ts'
import { blockOf, pageOfBlocks } from './queue.ts'
import { type ReadValue, readEmail, readEmailDomain, readRange } from './values.ts'

const readers: Record<BlockFamily, (text: string) => ReadValue> = {
  'email-domain': readEmailDomain,
  address: readRange,
  'canonical-email': readEmail,
}

/** Shows what keeps people from signing up; deciding about it is the journal's. */
export const blocksHandlers = ({ gate, clock }: Context): Handlers<typeof blocks, unknown> => ({
  'blocks.page': asked => gate.read(db => pageOfBlocks(db, asked, clock.now())),
  'blocks.read': ({ family, server, text }) => {
    const { value, problem } = readers[family](text)
    const block = value === null ? null : gate.read(db => blockOf(db, family, server, value, clock.now()))
    return { value, problem, block }
  },
})
