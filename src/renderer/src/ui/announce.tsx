import { createPortal } from 'react-dom'
import { create } from 'zustand'
import parts from './parts.module.css'

const useSpoken = create<{ turn: number; text: string }>(() => ({ turn: 0, text: '' }))

/** Has a screen reader speak a sentence, once the one before is out. */
export const announce = (text: string) => useSpoken.setState(({ turn }) => ({ turn: turn + 1, text }))

/** Where it is spoken: beside the desk, which a dialog silences. The key makes the same sentence twice two events. */
export const LiveRegion = () => {
  const { turn, text } = useSpoken()
  return createPortal(
    <div className={parts.unseen} role="status" aria-live="polite" aria-atomic="true">
      <span key={turn}>{text}</span>
    </div>,
    document.body,
  )
}
