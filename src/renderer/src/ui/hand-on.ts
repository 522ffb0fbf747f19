/**
 * A ref for a part in which a press makes the part itself go away: whoever pressed is not dropped at the top of the page, but stands where
 * one scrolls around it, or among the rows of its screen. It runs while the part is still there.
 */
export const handOn = (part: HTMLElement | null) => () => {
  if (!part?.contains(document.activeElement)) return
  const around = part.closest<HTMLElement>('[tabindex="0"]')
  const next = around ?? part.closest('main')?.querySelector<HTMLElement>('[role="listbox"]')
  next?.focus()
}
