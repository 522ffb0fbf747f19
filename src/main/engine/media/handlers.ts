import { z } from 'zod'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { media, Piece } from '../../../shared/contract/media.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import { askServer } from '../ask-server.ts'
import type { Context } from '../context.ts'
import type { ReadDb } from '../db/handle.ts'
import { fetchMediaPlaces } from '../mastodon/endpoints/media.ts'
import type { MediaPlacesEntity } from '../mastodon/entities/media.ts'
import { findKeptPost } from '../posts/table.ts'
import { findReport, openReportsAbout, type StoredReport } from '../reports/table.ts'
import { findServer } from '../servers/table.ts'
import { readSettings } from '../settings/table.ts'
import { formatOf } from './format.ts'
import { originsFor } from './origin.ts'
import { makeShelf } from './shelf.ts'
import { agreedOrigin, agreeTo, listAgreed } from './table.ts'

const Ids = z.array(z.string())
const MOST_IMAGE = 16 << 20
const MOST_MOVING = 64 << 20
const MOST_PIXELS = 40_000_000
/** Where media lies is asked anew after this long. */
const PLACES_MS = 300_000
const MOST_PLACES = 20

type Place = { address: string; remote: string | null | undefined; image: boolean }

/** This report and the other open ones about its target: the case that it stands in. */
const caseOf = (db: ReadDb, server: ServerKey, report: string): StoredReport[] => {
  const stored = findReport(db, server, report)
  if (!stored) throw new Failure('not-found')
  const others = openReportsAbout(db, server, stored.target_id).filter(id => id !== report)
  return [stored, ...others.flatMap(id => findReport(db, server, id) ?? [])]
}

const holds = ({ posts }: StoredReport, piece: Piece): boolean =>
  'profile' in piece || Ids.parse(JSON.parse(posts)).includes(piece.post)

const illegal = () => new Failure('not-allowed', { reason: 'failure.media-legal' })
const gone = () => new Failure('not-found', { reason: 'failure.media-gone' })

/** Where a piece lies, of what the server told of its report just now. */
const placeOf = (
  places: MediaPlacesEntity,
  piece: Piece,
  size: 'preview' | 'whole',
  db: ReadDb,
  server: ServerKey,
): Place => {
  if ('profile' in piece) {
    const { avatar_static: avatar, header_static: header } = places.target_account.account
    const address = piece.profile === 'avatar' ? avatar : header
    if (!address) throw gone()
    return { address, remote: null, image: true }
  }
  const attachments = places.statuses.find(post => post.id === piece.post)?.media_attachments
  if (!attachments) throw gone()
  const kept = findKeptPost(db, server, piece.post)?.kept.media.map(one => one.type)
  // What is veiled on screen must be what comes: an edit in between may have changed the attachments.
  if (kept?.join() !== attachments.map(one => one.type).join())
    throw new Failure('conflict', { reason: 'failure.media-changed' })
  const found = attachments[piece.place]
  // What the server could not read lies with its author only.
  if (!found || found.type === 'unknown') throw gone()
  const isImage = found.type === 'image'
  const address = size === 'whole' ? found.url : (found.preview_url ?? (isImage ? found.url : null))
  if (!address) throw size === 'whole' ? gone() : new Failure('not-found', { reason: 'failure.media-preview' })
  return { address, remote: found.remote_url, image: size === 'preview' || isImage }
}

/** Refuses what is no picture, film or sound by its bytes, or not of the kind that was asked for, or too many pixels to draw. */
const checked = (bytes: Uint8Array, image: boolean) => {
  const told = formatOf(bytes)
  if (!told || told.format.startsWith('image/') !== image)
    throw new Failure('upstream', { reason: 'failure.media-format' })
  // What does not say how large it is may be anything once it is drawn.
  if (image && !told.pixels) throw new Failure('upstream', { reason: 'failure.media-format' })
  if (told.pixels !== null && told.pixels > MOST_PIXELS)
    throw new Failure('upstream', { reason: 'failure.media-pixels' })
  return told.format
}

/** Media, piece by piece, each because someone asked for it: fetched through the guard, in memory only, handed over and forgotten. */
export const mediaHandlers = (context: Context): Handlers<typeof media, unknown> => {
  const { gate, guard, clock, log } = context
  const shelf = makeShelf(clock)
  const known = new Map<string, { at: number; places: MediaPlacesEntity }>()
  /** Hosts that a server was seen to have its media on: only to those can anyone agree. */
  const seen = new Map<ServerKey, Set<string>>()
  const agreeable = (server: ServerKey, failure: unknown) => {
    if (!(failure instanceof Failure) || failure.detail.reason !== 'failure.media-host') return
    const hosts = seen.get(server) ?? new Set()
    seen.set(server, hosts.add(String(failure.detail.origin)))
  }
  return {
    'media.fetch': async ({ server, report, piece, size }, { signal }) => {
      const holder = gate.read(db => {
        const reports = caseOf(db, server, report)
        if (reports.some(one => one.category === 'legal')) throw illegal()
        if (readSettings(db).media === 'text') throw new Failure('not-allowed', { reason: 'failure.media-text' })
        return reports.find(one => holds(one, piece))?.id
      })
      if (holder === undefined) throw gone()
      const key = `${server} ${holder}`
      const before = known.get(key)
      if (!before || clock.now() - before.at > PLACES_MS) {
        const places = await askServer(context, server, signal, (session, until) =>
          fetchMediaPlaces(guard, session, holder, until),
        )
        known.delete(key)
        known.set(key, { at: clock.now(), places })
        for (const oldest of known.keys()) if (known.size > MOST_PLACES) known.delete(oldest)
      }
      const places = known.get(key)?.places
      const session = context.sessions.get(server)
      if (!places || !session) throw new Failure('signed-out')
      // A colleague may have called it illegal a moment ago.
      if (places.category === 'legal') throw illegal()
      const stop = new AbortController()
      signal.addEventListener('abort', () => stop.abort())
      try {
        const { place, origins } = gate.read(db => {
          const place = placeOf(places, piece, size, db, server)
          return { place, origins: originsFor(place.address, place.remote, session.origin, agreedOrigin(db, server)) }
        })
        const bytes = await guard.fetchMedia(place.address, {
          origins,
          ownNetwork: session.ownNetwork,
          mostBytes: place.image ? MOST_IMAGE : MOST_MOVING,
          signal: AbortSignal.any([stop.signal, context.stop]),
        })
        return { format: checked(bytes, place.image), bytes: bytes.byteLength, ticket: shelf.put(bytes) }
      } catch (error) {
        agreeable(server, error)
        if (error instanceof Failure && error.code === 'not-found') known.delete(key)
        throw error
      }
    },
    'media.part': ({ ticket, from }) => shelf.take(ticket, from),
    'media.hosts': () => gate.read(db => ({ hosts: listAgreed(db) })),
    'media.agree': ({ server, origin }) =>
      gate.write(['media', 'log'], db => {
        if (!findServer(db, server)) throw new Failure('not-found')
        if (origin !== null && !seen.get(server)?.has(origin)) throw new Failure('not-allowed')
        const before = agreedOrigin(db, server) ?? null
        if (before === origin) return {}
        agreeTo(db, server, origin, clock.now())
        log(db, {
          source: 'did',
          action: 'setting.changed',
          server,
          facts: { setting: 'mediaHost', before, after: origin },
        })
        return {}
      }),
  }
}
