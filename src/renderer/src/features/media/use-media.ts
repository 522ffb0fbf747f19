import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { Target } from '../../../../shared/contract/ids.ts'
import type { Piece } from '../../../../shared/contract/media.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useEngine } from '../../client/engine.tsx'
import { useLive } from '../../client/use-live.ts'
import { announce } from '../../ui/announce.tsx'
import { dayOf } from '../../ui/day.ts'
import type { Eyes } from './steps.ts'
import { takePiece } from './take.ts'
import { caseOf, keyOf, makeViewer, type PieceOf, type Shown } from './viewer.ts'

/** Until the settings are read everything is as gentle as can be. */
const gentle: Eyes = { media: 'text', blur: true, grey: true, mute: true }

/** The media of the case in view, and what one's own settings make of it. */
export type MediaInView = {
  eyes: Eyes
  /** Whose law stands beside what may be illegal, where that was chosen. */
  country: string | null
  shown(piece: Piece): Shown | undefined
  /** Shows a piece one step further. */
  next(piece: PieceOf): void
  veil(piece: Piece): void
  /** Shows what a key would show next; false when nothing is left to show. */
  step(pieces: readonly PieceOf[], colour: boolean): boolean
  /** Veils everything; true when anything had been in view. */
  cover(): boolean
  agree(origin: string): Promise<void>
}

/** Media of the case in view: whichever comes up next begins veiled, and its files are forgotten. */
export const useMedia = (target: Target | undefined): MediaInView => {
  const engine = useEngine()
  const settings = useLive('settings.get', {}).data
  const eyes = settings ?? gentle
  const [viewer] = useState(() =>
    makeViewer({
      fetch: ({ server, id }, piece, size, signal) => takePiece(engine, { server, report: id, piece, size }, signal),
      forget: url => URL.revokeObjectURL(url),
      // What was looked at is counted on this computer only; where that fails nobody is the worse for it.
      seen: () => void engine.call('exposure.add', { day: dayOf(Date.now()), kind: 'media' }).catch(() => {}),
      tell: what => announce(say(`media.told.${what}`)),
    }),
  )
  const state = useStore(viewer.store)
  const of = target && caseOf(target)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another case covers what the one before showed
  useEffect(() => viewer.cover, [viewer, of])
  const country = settings?.country ?? null
  // The same until something of it changes: posts that are not concerned are not drawn again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `of` says which target it is
  return useMemo(
    () => ({
      eyes,
      country,
      shown: piece => (state.of === of ? state.pieces[keyOf(piece)] : undefined),
      next: piece => {
        if (target) void viewer.next(target, piece, eyes)
      },
      veil: viewer.veil,
      step: (pieces, colour) => {
        const picked = target && viewer.pick(target, pieces, eyes, colour)
        if (target && picked) void viewer.next(target, picked, eyes)
        return picked !== undefined
      },
      cover: () => {
        const wasOpen = viewer.isOpen()
        viewer.cover()
        return wasOpen
      },
      agree: async origin => {
        if (target) await engine.call('media.agree', { server: target.server, origin })
      },
    }),
    [engine, viewer, state, of, eyes, country],
  )
}
