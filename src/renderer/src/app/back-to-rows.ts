import { useEffect, useRef } from 'react'
import { isCovered } from './use-keys.ts'

/**
 * Gives the focus back to the rows after something that took its time, such as a decision's answer: not from a dialog that was opened
 * meanwhile, which would stay over rows that keys act on.
 */
export const backToRows = (focusRows: () => void): void => {
  if (!isCovered()) focusRows()
}

/** The same when a sheet has gone, whatever closed it. */
export const useBackFromSheet = (isOpen: boolean, focusRows: () => void): void => {
  const wasOpen = useRef(false)
  useEffect(() => {
    if (wasOpen.current && !isOpen) backToRows(focusRows)
    wasOpen.current = isOpen
  }, [isOpen, focusRows])
}
