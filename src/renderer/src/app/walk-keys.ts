import type { RefObject } from 'react'
import type { Walk } from '../ui/use-walk.ts'
import type { Handlers } from './use-keys.ts'

type Walked = RefObject<Walk | null>

/** The keys that walk the list of a screen without a case. */
export const walkKeys = (walk: Walked): Handlers => ({
  next: () => walk.current?.step(1),
  previous: () => walk.current?.step(-1),
  first: () => walk.current?.first(),
  last: () => walk.current?.last(),
  open: () => walk.current?.toActs(),
  back: () => walk.current?.toRows(),
})

/** The keys that decide about its current row at once. */
export const verdictKeys = (walk: Walked): Handlers => ({
  approve: () => walk.current?.approve?.(),
  reject: () => walk.current?.reject?.(),
})
