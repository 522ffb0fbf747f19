import { type RefObject, useLayoutEffect } from 'react'

/** The dialogs that are open, the uppermost last. */
const open: RefObject<HTMLElement | null>[] = []

/** Of all that is on the page only the uppermost dialog takes the focus. */
const settle = () => {
  const desk = document.getElementById('root')
  if (desk) desk.inert = open.length > 0
  for (const [at, { current }] of open.entries()) if (current) current.inert = at < open.length - 1
}

/**
 * Takes the desk, and other dialogs, under an open dialog out of reach. Its own guards bring the focus back a frame later only, and a
 * second press of Tab is quicker than that.
 */
export const useModal = (isOpen: boolean, dialog: RefObject<HTMLElement | null>) => {
  useLayoutEffect(() => {
    if (!isOpen) return
    open.push(dialog)
    settle()
    return () => {
      open.splice(open.indexOf(dialog), 1)
      settle()
    }
  }, [isOpen, dialog])
}
