import { createPortal } from 'react-dom'
import { create } from 'zustand'
import parts from './parts.module.css'

/** So long a sentence stays when another comes: one that is taken away at once is never spoken. */
const STAYS_MS = 5_000

type Sentence = { turn: number; text: string; at: number }
const useSpoken = create<{ said: readonly Sentence[] }>(() => ({ said: [] }))

/** Has a screen reader speak a sentence, behind those that came just before. */
export const announce = (text: string) =>
  useSpoken.setState(({ said }) => {
    const at = performance.now()
    const turn = (said.at(-1)?.turn ?? 0) + 1
    return { said: [...said.filter(one => at - one.at < STAYS_MS), { turn, text, at }] }
  })

/** Leaves nothing of what was said in the page. */
export const forgetSpoken = () => useSpoken.setState({ said: [] })

/** Where it is spoken: beside the desk, which a dialog silences. Only what is added is; the key makes the same sentence twice two events. */
export const LiveRegion = () => {
  const { said } = useSpoken()
  return createPortal(
    <div className={parts.unseen} role="status" aria-live="polite" aria-atomic="false">
      {said.map(({ turn, text }) => (
        <p key={turn}>{text}</p>
      ))}
    </div>,
    document.body,
  )
}
