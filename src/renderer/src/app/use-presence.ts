import { useEffect } from 'react'
import { useEngine } from '../client/engine.tsx'
import { goTo } from './use-route.ts'

/** A sign of somebody is passed on at most this often: the engine ends a sitting after half an hour without. */
const AGAIN_MS = 300_000

/** Tells the engine that someone is here: when the desk opens, and by what hands do. Who comes back after hours is shown what happened. */
export const usePresence = () => {
  const engine = useEngine()
  useEffect(() => {
    let told = Date.now()
    // An address that names a place was opened on purpose.
    const { hash } = location
    const isPlain = ['', '#', '#/', '#/reports'].includes(hash)
    const tell = async (opening: boolean) => {
      const { returns } = await engine.call('handover.here', {})
      if (returns && opening && isPlain && location.hash === hash) goTo({ screen: 'handover' })
    }
    const sign = () => {
      if (Date.now() - told < AGAIN_MS) return
      told = Date.now()
      // The next sign tells it again.
      tell(false).catch(() => {})
    }
    tell(true).catch(() => {})
    for (const name of ['keydown', 'pointerdown'] as const) window.addEventListener(name, sign)
    return () => {
      for (const name of ['keydown', 'pointerdown'] as const) window.removeEventListener(name, sign)
    }
  }, [engine])
}
