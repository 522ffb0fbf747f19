import { useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { Settings } from '../../../../shared/contract/settings.ts'
import { useEngine } from '../../client/engine.tsx'
import type { Input } from '../../client/question.ts'
import { asFailure, useLive } from '../../client/use-live.ts'

/** What a section of the screen is given: the settings as they stand, and how to change some of them. */
export type Section = { settings: Settings; save(change: Input<'settings.set'>): Promise<boolean> }

/** The settings, kept fresh; `failure` is that of the last change. */
export const useSettings = () => {
  const engine = useEngine()
  const { data, failure: unread } = useLive('settings.get', {})
  const [failure, setFailure] = useState<Failure>()
  const save: Section['save'] = async change => {
    try {
      await engine.call('settings.set', change)
      setFailure(undefined)
      return true
    } catch (error) {
      setFailure(asFailure(error))
      return false
    }
  }
  return { settings: data, save, failure: failure ?? (data ? undefined : unread) }
}
