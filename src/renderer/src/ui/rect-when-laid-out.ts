import type { Rect, Virtualizer } from '@tanstack/react-virtual'

/**
 * Tells a virtual list how large its box is once the browser has laid it out, each time. The list's own way asks at once, in the middle
 * of a first drawing, which then waits for a second one.
 */
export const rectWhenLaidOut = (
  { scrollElement }: Virtualizer<HTMLDivElement, Element>,
  tell: (rect: Rect) => void,
): (() => void) | undefined => {
  if (!scrollElement) return undefined
  const observer = new ResizeObserver(() => {
    const { width, height } = scrollElement.getBoundingClientRect()
    tell({ width: Math.round(width), height: Math.round(height) })
  })
  observer.observe(scrollElement)
  return () => observer.disconnect()
}
