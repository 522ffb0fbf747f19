import { type ReactNode, useDeferredValue } from 'react'

/** What is not in view yet, far below or not opened by anyone: drawn as soon as nobody waits for the page, and never in the way of a key. */
export const Late = ({ children }: { children(): ReactNode }) => useDeferredValue(true, false) && children()

type Shown<T> = {
  items: readonly T[]
  /** How many of them a screen may show. */
  atOnce: number
  children(item: T, index: number): ReactNode
}

/** A list of which more may come than a screen shows: the rest of it comes late. */
export const LongList = <T,>({ items, atOnce, children }: Shown<T>) => (
  <>
    {items.slice(0, atOnce).map(children)}
    {items.length > atOnce && (
      <Late>{() => items.slice(atOnce).map((item, index) => children(item, atOnce + index))}</Late>
    )}
  </>
)
