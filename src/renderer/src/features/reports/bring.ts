/** Where a box that shows `height` px from `top` on has to stand so that the line from `start` on is in view, under the head that sticks; undefined where it is. */
export const standFor = (
  { start, line }: { start: number; line: number },
  { top, height }: { top: number; height: number },
): number | undefined => {
  if (start + line > top + height) return start + line - height
  return start < top + line ? Math.max(0, start - line) : undefined
}
