import { create } from 'zustand'
import { say } from '../../../shared/messages/say.ts'
import { announce } from '../ui/announce.tsx'

/** Whether what strangers wrote is hidden, on whichever screen one is: someone walked past, or one has seen enough for now. */
export const useCover = create<{ covered: boolean }>(() => ({ covered: false }))

/** Hides all of it at once, or shows texts again. */
export const toggleCover = () => {
  const { covered } = useCover.getState()
  useCover.setState({ covered: !covered })
  announce(say(covered ? 'cover.off' : 'cover.on'))
}
