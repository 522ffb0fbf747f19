import { useLayoutEffect } from 'react'

let modals = 0
const hold = (by: 1 | -1) => {
  modals += by
  const desk = document.getElementById('root')
  if (desk) desk.inert = modals > 0
}

/**
 * Takes the desk under an open dialog out of reach. The dialog's own guards bring the focus back a frame later only, and a second press
 * of Tab is quicker than that.
 */
export const useModal = (open: boolean) => {
  useLayoutEffect(() => {
    if (!open) return
    hold(1)
    return () => hold(-1)
  }, [open])
}
