import { type ReactNode, useMemo } from 'react'
import type { Lookalike } from '../../../../shared/contract/lookalikes.ts'
import { useLive } from '../../client/use-live.ts'
import { type Odd, OddContext } from '../../ui/odd.ts'

/** Tells every handle and domain on the page which of them are not what they seem. */
export const Lookalikes = ({ children }: { children: ReactNode }) => {
  const { data, before } = useLive('lookalikes.list', {})
  // Told anew whenever a block changes: only another answer is another map.
  const told = JSON.stringify((data ?? before)?.lookalikes ?? [])
  const odd = useMemo<Odd>(() => {
    const all: readonly Lookalike[] = JSON.parse(told)
    return new Map(all.map(one => [one.domain, one]))
  }, [told])
  return <OddContext value={odd}>{children}</OddContext>
}
