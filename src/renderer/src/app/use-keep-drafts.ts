import { useEffect } from 'react'
import { restoreDrafts } from '../client/drafts.ts'
import { useEngine } from '../client/engine.tsx'
import { firstAnswer } from '../client/first-answers.ts'
import { tellDrafts } from '../client/tell-drafts.ts'

/** After these a page may never be heard again. */
const leaving = ['focusout', 'visibilitychange', 'pagehide']

/** What one writes outlives its page: the engine holds it, and gives it back to the next one. */
export const useKeepDrafts = () => {
  const engine = useEngine()
  useEffect(() => {
    let state: 'waits' | 'begun' | 'ended' = 'waits'
    const ends: (() => void)[] = []
    const first = firstAnswer('drafts.list', {})
    const begin = async () => {
      const { drafts } = first ?? (await engine.call('drafts.list', {}))
      if (state !== 'waits') return
      state = 'begun'
      restoreDrafts(drafts)
      const { tellNow, stop } = tellDrafts(engine, drafts)
      ends.push(stop)
      for (const event of leaving) {
        window.addEventListener(event, tellNow)
        ends.push(() => window.removeEventListener(event, tellNow))
      }
    }
    // An engine that goes before it has answered is asked again when it is back.
    ends.push(engine.onState(link => link === 'open' && state === 'waits' && void begin().catch(() => {})))
    return () => {
      state = 'ended'
      for (const end of ends) end()
    }
  }, [engine])
}
