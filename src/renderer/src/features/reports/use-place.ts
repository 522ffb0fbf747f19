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
        const look = () => {
          isOurs = false
          told(scrollElement.scrollTop, true)
        }
        const moved = () => {
          if (!isOurs) look()
        }
        scrollElement.addEventListener('scroll', moved, { passive: true })
        // A person may have scrolled in the same frame.
        scrollElement.addEventListener('scrollend', look, { passive: true })
        return () => {
          scrollElement.removeEventListener('scroll', moved)
          scrollElement.removeEventListener('scrollend', look)
        }
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
