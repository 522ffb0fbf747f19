import { createStore } from 'zustand'
import { Failure } from '../../../../shared/contract/failure.ts'
import type { Target } from '../../../../shared/contract/ids.ts'
import type { MediaFormat, Piece } from '../../../../shared/contract/media.ts'
import type { Media } from '../../../../shared/contract/posts.ts'
import { type Eyes, type Step, stepAfter, stepsOf } from './steps.ts'

/** A piece of the case in view. */
export type PieceOf = { piece: Piece; type: Media['type'] }

/** A file that was fetched, as the page reaches it. */
export type Fetched = { url: string; format: MediaFormat }

/** How a piece stands: at which step, with which files; `busy` while the next one is on its way. */
export type Shown = {
  step: Step
  busy: boolean
  preview: Fetched | null
  whole: Fetched | null
  /** The server has no small picture of it: it can only be opened whole. */
  noPreview: boolean
  failure: Failure | null
}
const veiled: Shown = { step: 'veiled', busy: false, preview: null, whole: null, noPreview: false, failure: null }

type State = { of: string; pieces: Readonly<Record<string, Shown>>; last: string | null }
const nothing: State = { of: '', pieces: {}, last: null }

type Given = {
  /** Asks the engine for a file, because a person asked for it. */
  fetch(of: Target, piece: Piece, size: 'preview' | 'whole', signal: AbortSignal): Promise<Fetched>
  /** Forgets a file for good. */
  forget(url: string): void
  /** A piece came into view. */
  seen(): void
  /** Says what happened to whoever cannot see it. */
  tell(what: 'veiled' | Exclude<Step, 'veiled'>): void
}

/** The name of a piece within its case. */
export const keyOf = (piece: Piece): string =>
  'profile' in piece ? `profile ${piece.profile}` : `${piece.post} ${piece.place}`

/** The name of a case. */
export const caseOf = ({ server, id }: Target): string => `${server} ${id}`

/**
 * The media of one case at a time: each piece veiled until asked for, a step nearer with each asking, and forgotten when it is veiled
 * again or the case is left. What comes too late is forgotten at once.
 */
export const makeViewer = ({ fetch, forget, seen, tell }: Given) => {
  const store = createStore<State>(() => nothing)
  const underway = new Map<string, AbortController>()
  const shownOf = (key: string): Shown => store.getState().pieces[key] ?? veiled
  const put = (key: string, change: Partial<Shown>) =>
    store.setState(({ pieces }) => ({ pieces: { ...pieces, [key]: { ...(pieces[key] ?? veiled), ...change } } }))
  const drop = (key: string) => {
    underway.get(key)?.abort()
    underway.delete(key)
    const { preview, whole } = shownOf(key)
    for (const file of [preview, whole]) if (file) forget(file.url)
  }
  const dropAll = () => {
    for (const key of Object.keys(store.getState().pieces)) drop(key)
  }
  const next = async (of: Target, { piece, type }: PieceOf, eyes: Pick<Eyes, 'blur' | 'grey'>): Promise<void> => {
    if (store.getState().of !== caseOf(of)) {
      dropAll()
      store.setState({ of: caseOf(of), pieces: {}, last: null })
    }
    const key = keyOf(piece)
    const { step, busy, preview, whole, noPreview } = shownOf(key)
    const to = stepAfter(stepsOf(eyes, type), step, noPreview ? 'blurred' : undefined)
    if (busy || to === undefined) return
    store.setState({ last: key })
    const size = to === 'blurred' ? 'preview' : 'whole'
    const held = size === 'preview' ? preview : whole
    const abort = new AbortController()
    underway.set(key, abort)
    put(key, { busy: true, failure: null })
    try {
      const file = held ?? (await fetch(of, piece, size, abort.signal))
      if (abort.signal.aborted) return held ? undefined : forget(file.url)
      underway.delete(key)
      if (step === 'veiled') seen()
      put(key, { step: to, busy: false, [size]: file })
      tell(to)
    } catch (error) {
      if (abort.signal.aborted) return
      underway.delete(key)
      const failure = error instanceof Failure ? error : new Failure('internal')
      put(key, { busy: false, failure, noPreview: failure.detail.reason === 'failure.media-preview' || noPreview })
    }
  }
  return {
    store,
    next,
    /** Veils one piece and forgets its files. */
    veil: (piece: Piece) => {
      const key = keyOf(piece)
      drop(key)
      store.setState(({ pieces }) => ({ pieces: { ...pieces, [key]: veiled } }))
      tell('veiled')
    },
    /** Veils everything and forgets every file, without a word: the case is left. */
    cover: () => {
      dropAll()
      store.setState(nothing)
    },
    /** True while anything is in view, or on its way there. */
    isOpen: () => Object.values(store.getState().pieces).some(({ step, busy }) => step !== 'veiled' || busy),
    /**
     * What a key shows next: the last piece a step further, then the next one that is veiled; colour only with `colour`. Nothing when
     * all is open.
     */
    pick: (of: Target, pieces: readonly PieceOf[], eyes: Pick<Eyes, 'blur' | 'grey'>, colour: boolean) => {
      const { of: now, last } = store.getState()
      const at = ({ piece }: PieceOf) => (now === caseOf(of) ? shownOf(keyOf(piece)) : veiled)
      const wants = (one: PieceOf) => {
        const steps = stepsOf(eyes, one.type)
        const { step, noPreview } = at(one)
        const to = stepAfter(steps, step, noPreview ? 'blurred' : undefined)
        return to !== undefined && (colour || to !== 'colour' || !steps.includes('grey'))
      }
      const current = pieces.find(one => keyOf(one.piece) === last && at(one).step !== 'veiled')
      if (current && wants(current)) return current
      return pieces.find(one => at(one).step === 'veiled' && wants(one))
    },
  }
}
