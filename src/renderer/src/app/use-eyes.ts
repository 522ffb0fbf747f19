import { useEffect } from 'react'
import type { Target } from '../../../shared/contract/ids.ts'
import { say } from '../../../shared/messages/say.ts'
import { useEngine } from '../client/engine.tsx'
import type { Reveal } from '../features/accounts/use-reveal.ts'
import { attachmentsOf, type Described } from '../features/media/described.ts'
import { useMedia } from '../features/media/use-media.ts'
import { closeAll, legalText, openNextWarning, toggleOpened, useOpened } from '../features/posts/store.ts'
import { useAsked } from '../features/posts/use-asked.ts'
import type { Case } from '../features/reports/CaseHead.tsx'
import { announce } from '../ui/announce.tsx'
import { dayOf } from '../ui/day.ts'
import { toggleCover, useCover } from './cover.ts'

/** The pictures of a profile; what the server says of them besides where they lie is nothing. */
const picturesOf = (): readonly Described[] =>
  (['avatar', 'header'] as const).map(profile => ({
    type: 'image',
    description: say(`media.${profile}`),
    width: null,
    height: null,
    duration: null,
    piece: { profile },
  }))

/**
 * What of the case in view lies open before one's eyes: warnings, media, threads, and in a legal case anything at all. Everything is
 * asked for, goes back behind its veil at once, and is forgotten with the case. `covered` hides whatever case comes up.
 */
export const useEyes = (shown: Case | undefined, target: Target | undefined, reveal: Reveal) => {
  const engine = useEngine()
  const of = target && `${target.server} ${target.id}`
  const media = useMedia(target)
  const asked = useAsked(of, target?.server)
  const { covered } = useCover()
  const opened = useOpened(state => (state.of === of ? state.parts : undefined))
  const legal = shown?.legal ?? false
  const judged = shown !== undefined && shown.posts.length === 0 && shown.postsUnread === 0
  const warned = shown?.posts.filter(post => post.warning !== '').map(post => post.id) ?? []
  const pieces = media.eyes.media === 'text' || legal ? [] : piecesOf(shown, judged)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another case begins with everything closed, also when one comes back
  useEffect(() => closeAll, [of])
  // A report may come that says something is illegal while media is in view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only that word covers it
  useEffect(() => {
    if (legal) media.cover()
  }, [legal, of])
  const closeEyes = () => {
    closeAll()
    asked.leave()
    reveal.cover()
    return media.cover()
  }
  const onLegal = (part: string) => {
    if (of === undefined) return
    // The first thing that is looked at in a legal case counts as having looked at it.
    if (!opened?.some(isLegalPart) && !opened?.includes(part))
      void engine.call('exposure.add', { day: dayOf(Date.now()), kind: 'legal' }).catch(() => {})
    toggleOpened(of, part)
  }
  return {
    media,
    asked,
    covered,
    /** Hides everything at once, whichever case comes up, or shows texts again; media is asked for anew. */
    toggleCover: () => {
      closeEyes()
      toggleCover()
    },
    /** Puts media back behind its veil; true when some was open. */
    veilMedia: media.cover,
    judged,
    pictures: picturesOf(),
    /** Opens a part of a legal case; null where nothing is hidden. */
    onLegal: legal ? onLegal : null,
    veilOf: (part: string) =>
      legal ? { isOpen: opened?.includes(part) ?? false, onToggle: () => onLegal(part) } : null,
    /** Opens the next warning, then shows media a step further; null where there is none of either, so that Space scrolls. */
    peek:
      of === undefined || warned.length + pieces.length === 0
        ? null
        : () => {
            if (covered) return announce(say('cover.is-on'))
            if (legal) return announce(say('legal.by-hand'))
            if (openNextWarning(of, warned) || media.step(pieces, false)) return
            announce(say('media.all-open'))
          },
    /** Shows the piece that was looked at last in colour. */
    colour:
      pieces.length === 0
        ? null
        : () => {
            if (covered) return announce(say('cover.is-on'))
            if (!media.step(pieces, true)) announce(say('media.all-open'))
          },
    /** Shows the thread of the next post that has none open, or takes all away. */
    thread: () => {
      if (covered) return announce(say('cover.is-on'))
      const posts = shown?.posts.filter(post => !legal || opened?.includes(legalText(post.id))) ?? []
      if (posts.length === 0) return announce(say(legal ? 'legal.by-hand' : 'thread.no-post'))
      const next = posts.find(post => asked.thread(post.id) === undefined)
      if (next) asked.askThread(next.id)
      else asked.leave()
    },
  }
}

const piecesOf = (shown: Case | undefined, judged: boolean): readonly Described[] =>
  judged ? picturesOf() : (shown?.posts.flatMap(post => attachmentsOf(post.id, post.media)) ?? [])

/** The parts of a legal case that are hidden until asked for. */
const isLegalPart = (part: string) => part.startsWith('legal-')
