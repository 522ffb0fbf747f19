import type { Draft } from '../../../shared/contract/drafts.ts'
import type { Engine } from '../../../shared/contract/index.ts'
import { dropDraft, placeName, useDrafts } from './drafts.ts'

/** Words as they were told, null where the call failed and nobody knows; `isHeld` once the engine said that it has them. */
type Told = { draft: Draft; text: string | null; isHeld: boolean }
const asText = ({ words }: Draft) => JSON.stringify(words)
const isEmpty = ({ words }: Draft) => Object.values(words).every(text => text === '')

/** So many tellings are under way at most: no hand types more while an engine answers, and one that is gone is not told each key of the time. */
const MOST = 8

/**
 * Keeps the engine told of what is being written, until `stop`: of each key at once, waiting for no answer, so that a page that dies takes none
 * with it. While `MOST` answers are missing the newest is told when one comes; `tellNow` waits for none of them. `held`: what the engine holds
 * already.
 */
export const tellDrafts = (engine: Pick<Engine, 'call' | 'watch'>, held: readonly Draft[]) => {
  const told = new Map<string, Told>(
    held.map(draft => [placeName(draft), { draft, text: asText(draft), isHeld: true }]),
  )
  let [underway, again] = [0, false]
  const keep = async (draft: Draft) => {
    const name = placeName(draft)
    try {
      await engine.call('drafts.keep', draft)
      const now = told.get(name)
      // It holds none without words.
      if (now?.text === asText(draft)) told.set(name, { ...now, isHeld: !isEmpty(draft) })
    } catch {
      // The words stand in the page still. They are told again when more is typed or the engine is back, never by themselves.
      told.set(name, { draft, text: null, isHeld: false })
    }
  }
  const tellNow = () => {
    again = false
    const { drafts } = useDrafts.getState()
    const changed = [...drafts].flatMap(([name, draft]) => (told.get(name)?.text === asText(draft) ? [] : [draft]))
    const gone = [...told].flatMap(([name, { draft }]) => (drafts.has(name) ? [] : [{ ...draft, words: {} }]))
    if (changed.length + gone.length === 0) return
    for (const draft of changed) told.set(placeName(draft), { draft, text: asText(draft), isHeld: false })
    for (const draft of gone) told.delete(placeName(draft))
    underway += 1
    void Promise.all([...changed, ...gone].map(keep)).then(() => {
      underway -= 1
      if (again) tellNow()
    })
  }
  const tell = () => {
    if (underway < MOST) tellNow()
    else again = true
  }
  /** Others let some go, as with a person who is erased: then they go here too, but for what was typed on since. */
  const look = async () => {
    const before = [...told.values()].filter(({ isHeld }) => isHeld)
    const left = new Set((await engine.call('drafts.list', {})).drafts.map(placeName))
    for (const { draft, text } of before) {
      const now = useDrafts.getState().drafts.get(placeName(draft))
      if (!now || asText(now) !== text || left.has(placeName(draft))) continue
      told.delete(placeName(draft))
      dropDraft(draft)
    }
  }
  const back = () => {
    tell()
    look().catch(() => {})
  }
  // Each time that the engine is back, too: nobody knows what it heard last.
  const ends = [useDrafts.subscribe(tell), engine.watch(['drafts'], back)]
  tell()
  return {
    tellNow,
    stop: () => {
      for (const end of ends) end()
    },
  }
}
