import { useEffect } from 'react'
import { useEngine } from '../../client/engine.tsx'
import { useLive } from '../../client/use-live.ts'

/** A sign of somebody is passed on at most this often. */
const AGAIN_MS = 20_000
const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const

/** While there is a lock, tells it that someone is here, by what hands do. */
export const useSigns = () => {
  const engine = useEngine()
  const chosen = (useLive('lock.state', {}).data?.afterMinutes ?? null) !== null
  useEffect(() => {
    if (!chosen) return
    let told = Number.NEGATIVE_INFINITY
    const sign = ({ timeStamp }: Event) => {
      if (timeStamp - told < AGAIN_MS) return
      told = timeStamp
      engine.call('lock.here', {}).catch(() => {})
    }
    for (const name of signs) window.addEventListener(name, sign, { passive: true })
    return () => {
      for (const name of signs) window.removeEventListener(name, sign)
    }
  }, [engine, chosen])
}
