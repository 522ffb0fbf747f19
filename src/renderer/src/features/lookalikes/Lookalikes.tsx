import { type ReactNode, useMemo } from 'react'
import { useLive } from '../../client/use-live.ts'
import { type Odd, OddContext } from '../../ui/odd.ts'

/** Tells every handle and domain on the page which of them are not what they seem. */
export const Lookalikes = ({ children }: { children: ReactNode }) => {
  const { data } = useLive('lookalikes.list', {})
  // Told anew whenever a block changes: an answer that says the same is the same, and so is the map.
  const odd = useMemo<Odd>(() => new Map(data?.lookalikes.map(one => [one.domain, one])), [data])
  return <OddContext value={odd}>{children}</OddContext>
}
