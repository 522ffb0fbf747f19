/**
 * The way of a dialog's own to its first field takes a frame, and what is typed in it would be lost. Once this commit is done, when the dialog
 * has seen where the focus goes back to.
 */
export const focusAtOnce = (field: HTMLElement | null | undefined): void => {
  if (field) queueMicrotask(() => field.focus())
}
