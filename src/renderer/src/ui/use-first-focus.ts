import { type RefObject, useEffect } from 'react'

/**
 * Gives the focus to what has just come up. A dialog whose focused part went away takes the focus itself in the next frame, so this asks
 * once more after it.
 */
export const useFirstFocus = (of: RefObject<HTMLElement | null>): void => {
  useEffect(() => {
    of.current?.focus()
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => of.current?.focus())
    })
    return () => cancelAnimationFrame(frame)
  }, [of])
}
