import { Failure } from '../../../shared/contract/failure.ts'

/** What copying brings along: the name of the header, quotation marks, line breaks and characters that are not seen. A token has none. */
const HEADER = /^\W*(?:authorization\W+)?(?:bearer\s+)?/i
const STRANGE = /[\s\p{Cf}"'“”„‚‘’«»`]/gu
const LONGEST = 2000

/** The token in what a person pasted. Fails with `not-allowed` and `failure.token-shape` where none can be in it. */
export const tokenIn = (pasted: string): string => {
  const token = pasted.replace(HEADER, '').replace(STRANGE, '')
  if (token.length > LONGEST || !/^[\x21-\x7e]+$/.test(token))
    throw new Failure('not-allowed', { reason: 'failure.token-shape' })
  return token
}
