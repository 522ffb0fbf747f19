import { create } from 'zustand'
import type { Draft } from '../../../shared/contract/drafts.ts'

/** What a draft is of, and of which one. */
export type Place = Pick<Draft, 'of' | 'key'>
type Words = Draft['words']

export const placeName = ({ of, key }: Place) => `${of} ${key}`

/** What was typed and neither kept nor sent, by the name of its place, so that looking elsewhere loses nothing. */
export const useDrafts = create<{ drafts: ReadonlyMap<string, Draft> }>(() => ({ drafts: new Map() }))

const draftAt = (place: Place): Words | undefined => useDrafts.getState().drafts.get(placeName(place))?.words

/** Puts it in the place of what stands there. */
export const keepDraft = ({ of, key }: Place, words: Words) =>
  useDrafts.setState(({ drafts }) => ({ drafts: new Map([...drafts, [placeName({ of, key }), { of, key, words }]]) }))

/** Lets go what was kept, sent or given up; where nothing was, nothing is drawn again. */
export const dropDraft = (place: Place) =>
  useDrafts.setState(held => {
    const name = placeName(place)
    return held.drafts.has(name) ? { drafts: new Map([...held.drafts].filter(([each]) => each !== name)) } : held
  })

/** Brings back what was held elsewhere; what stands here is newer. */
export const restoreDrafts = (held: readonly Draft[]) =>
  useDrafts.setState(({ drafts }) => ({
    drafts: new Map([...held.map(draft => [placeName(draft), draft] as const), ...drafts]),
  }))

/** The draft of a place, if there is one. */
export const useDraft = (place: Place): Words | undefined => {
  const name = placeName(place)
  return useDrafts(({ drafts }) => drafts.get(name)?.words)
}

/**
 * The words of a form, each as it was before until something else is typed. `keep` takes those that change. Only what was typed is a draft,
 * so that what somebody else changes meanwhile shows, and is not undone with it.
 */
export const useWords = <W extends Words>(place: Place, before: W) => {
  const held = useDraft(place)
  const words: W = { ...before, ...held }
  const keep = (typed: Partial<W>) => {
    const next = Object.entries({ ...draftAt(place), ...typed }).filter(([name, text]) => text !== before[name])
    if (next.length === 0) dropDraft(place)
    else keepDraft(place, Object.fromEntries(next))
  }
  return { words, keep, drop: () => dropDraft(place) }
}

/**
 * A short name for a long one, such as that of many reports together: the same each time, and without what it was made of. Two
 * 32-bit halves of FNV-1a, the second over what was read backwards.
 */
export const shortName = (text: string): string => {
  const half = (letters: Iterable<string>) => {
    let sum = 0x811c9dc5
    for (const letter of letters) sum = Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 0x01000193)
    return (sum >>> 0).toString(36)
  }
  return `${half(text)}.${half([...text].reverse())}`
}
