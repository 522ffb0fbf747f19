import { type ReactNode, startTransition, useDeferredValue, useEffect, useMemo, useState } from 'react'

/** What is not in view yet, far below or not opened by anyone: drawn as soon as nobody waits for the page, and never in the way of a key. */
export const Late = ({ children }: { children(): ReactNode }) => useDeferredValue(true, false) && children()

type Shown<T> = {
  items: readonly T[]
  /** How many of them a screen may show. */
  atOnce: number
  children(item: T, index: number): ReactNode
}

const Part = <T,>({ items, from, atOnce, children }: Shown<T> & { from: number }) => {
  const [goesOn, setGoesOn] = useState(false)
  const to = from + atOnce
  const isMore = items.length > to
  useEffect(() => {
    if (isMore) startTransition(() => setGoesOn(true))
  }, [isMore])
  // That more comes below changes nothing of these.
  const these = useMemo(
    () => items.slice(from, to).map((item, index) => children(item, from + index)),
    [items, from, to, children],
  )
  return (
    <>
      {these}
      {isMore && goesOn && (
        <Part items={items} from={to} atOnce={atOnce}>
          {children}
        </Part>
      )}
    </>
  )
}

/** A list of which more may come than a screen shows: the rest of it comes late, a screenful at a time, so that a key waits for no more than that. */
export const LongList = <T,>(shown: Shown<T>) => <Part {...shown} from={0} />
