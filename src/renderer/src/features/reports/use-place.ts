import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useState } from 'react'

type Told = (top: number, isScrolling: boolean) => void

/**
 * Where a virtual list stands. Where it is moved to by us is told at once, and drawn with what it is moved for: to ask the box for it
 * when it says so, in the middle of the next frame, would have the page laid out and the list drawn a second time.
 */
export const usePlace = (box: RefObject<HTMLDivElement | null>) => {
  const [place] = useState(() => {
    let tell: Told = () => {}
    let isOurs = false
    return {
      observe: ({ scrollElement }: Virtualizer<HTMLDivElement, Element>, told: Told) => {
        if (!scrollElement) return
        tell = told
        // A person who scrolls in the very frame of a move is heard in the next one: what is drawn beside what is in view covers that.
        const moved = () => {
          if (!isOurs) told(scrollElement.scrollTop, true)
          isOurs = false
        }
        scrollElement.addEventListener('scroll', moved, { passive: true })
        return () => scrollElement.removeEventListener('scroll', moved)
      },
      moveTo: (top: number) => {
        if (!box.current) return
        const was = box.current.scrollTop
        box.current.scrollTop = top
        // No further than it goes; where it stands already, nothing will say so.
        if (box.current.scrollTop === was) return
        isOurs = true
        tell(box.current.scrollTop, false)
      },
    }
  })
  return place
}
