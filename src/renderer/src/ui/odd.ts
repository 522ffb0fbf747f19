import { createContext, useContext } from 'react'
import type { Lookalike } from '../../../shared/contract/lookalikes.ts'
import { sayOdd } from '../../../shared/messages/say-odd.ts'
import { list, script } from './format.ts'

/** Domains that are not what they seem, by name. */
export type Odd = ReadonlyMap<string, Lookalike>

/** What every handle and domain on the page looks itself up in. */
export const OddContext = createContext<Odd>(new Map())

/** What is odd about a domain, or nothing. */
export const useOdd = (domain: string | null | undefined): Lookalike | undefined => {
  const odd = useContext(OddContext)
  return domain === null || domain === undefined || odd.size === 0 ? undefined : odd.get(domain.toLowerCase())
}

/** What is odd about a domain, as a sentence or two. */
export const oddWords = (odd: Lookalike): string => sayOdd(odd, codes => list(codes.map(script)))
