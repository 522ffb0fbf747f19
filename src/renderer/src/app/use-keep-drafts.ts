import { useEffect } from 'react'
import type { Draft } from '../../../shared/contract/drafts.ts'
import type { Engine } from '../../../shared/contract/index.ts'
import { systemClock } from '../../../shared/system-clock.ts'
import { useEngine } from '../client/engine.tsx'
import { paced } from '../client/paced.ts'
import { restoreDrafts as restoreWords, useHand } from '../features/decisions/store.ts'
import { restoreDrafts as restoreNotes, useWriting } from '../features/notes/store.ts'

const written = (): Draft[] => [
  ...Object.entries(useWriting.getState().drafts).map(([key, text]) => ({ of: 'note' as const, key, words: { text } })),
  ...Object.entries(useHand.getState().drafts).map(([key, words]) => ({ of: 'decision' as const, key, words })),
]
const restore = (drafts: readonly Draft[]) => {
  const of = (what: Draft['of']) => drafts.filter(draft => draft.of === what)
  restoreNotes(Object.fromEntries(of('note').map(({ key, words }) => [key, words.text ?? ''])))
  restoreWords(Object.fromEntries(of('decision').map(({ key, words }) => [key, words])))
}

const placeOf = ({ of, key }: Draft) => `${of} ${key}`
/** `text`: the words as the engine has them, null where a call failed and nobody knows. */
type Told = { draft: Draft; text: string | null }
const byPlace = (drafts: readonly Draft[]): Map<string, Told> =>
  new Map(drafts.map(draft => [placeOf(draft), { draft, text: JSON.stringify(draft.words) }]))

/** Keeps the engine told of what is being written, until the function that it answers is called. */
const tellOn = (engine: Engine, held: readonly Draft[]) => {
  let told = byPlace(held)
  const tell = async () => {
    const now = byPlace(written())
    const changed = [...now].flatMap(([place, { draft, text }]) => (told.get(place)?.text === text ? [] : [draft]))
    const gone = [...told].flatMap(([place, { draft }]) => (now.has(place) ? [] : [{ ...draft, words: {} }]))
    told = now
    const keep = (draft: Draft) =>
      engine.call('drafts.keep', draft).catch(() => {
        // Where the engine cannot be had the words stand in the page still, and are told of when it is back.
        told.set(placeOf(draft), { draft, text: null })
      })
    await Promise.all([...changed, ...gone].map(keep))
  }
  const pace = paced(systemClock, tell)
  const leave = () => void tell()
  const ends = [
    useWriting.subscribe((now, before) => now.drafts !== before.drafts && pace.ask()),
    useHand.subscribe((now, before) => now.drafts !== before.drafts && pace.ask()),
    // The engine is back.
    engine.watch([], pace.ask),
    () => window.removeEventListener('pagehide', leave),
    pace.stop,
  ]
  window.addEventListener('pagehide', leave)
  return () => {
    for (const end of ends) end()
  }
}

/** What one writes outlives its page: the engine holds it, and gives it back to the next one. */
export const useKeepDrafts = () => {
  const engine = useEngine()
  useEffect(() => {
    let ended = false
    let stop = () => {}
    const begin = async () => {
      const { drafts } = await engine.call('drafts.list', {})
      if (ended) return
      restore(drafts)
      stop = tellOn(engine, drafts)
    }
    begin().catch(() => {})
    return () => {
      ended = true
      stop()
    }
  }, [engine])
}
