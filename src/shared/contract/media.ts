import { z } from 'zod'
import { RemoteId, ServerKey, Time } from './ids.ts'
import { command, query } from './method.ts'

/** Formats that are shown, told by their first bytes: what a server calls them is not believed. */
export const MediaFormat = z.enum([
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'image/avif',
  'video/mp4',
  'video/webm',
  'audio/mpeg',
  'audio/ogg',
])
export type MediaFormat = z.infer<typeof MediaFormat>

/** A piece of media: an attachment of a reported post by its place, or a picture of the reported profile. */
export const Piece = z.union([
  z.object({ post: RemoteId, place: z.int().min(0).max(31) }),
  z.object({ profile: z.enum(['avatar', 'header']) }),
])
export type Piece = z.infer<typeof Piece>

/** Where a server's media lies when not on the server itself, as a person agreed to it: `https://files.lindenhof.example`. */
const MediaHost = z.object({ server: ServerKey, origin: z.string(), agreedAt: Time })

/** What may be asked and said about media. */
export const media = {
  /**
   * Fetches a piece, because someone asked for it; it stays in memory until its bytes are handed over, and nowhere else. `preview` is the
   * server's small still picture of it. Only the server itself and the one host that a person agreed to are asked, without the token.
   * Refused with `not-allowed` and a reason: `failure.media-legal` (a report says that it is illegal), `failure.media-text`,
   * `failure.media-host` with `host` and `origin` (nobody agreed to it yet), `failure.media-other-host`; `not-found` with
   * `failure.media-gone`, `failure.media-preview`; `conflict` with `failure.media-changed`, `upstream` with `failure.media-large`, `failure.media-format`.
   */
  'media.fetch': command(
    z.object({ server: ServerKey, report: RemoteId, piece: Piece, size: z.enum(['preview', 'whole']) }),
    z.object({ ticket: z.uuid(), format: MediaFormat, bytes: z.int() }),
  ),
  /** The bytes of a fetched piece from `from` on, as Base64; with the last of them the engine forgets it. */
  'media.part': command(
    z.object({ ticket: z.uuid(), from: z.int().min(0) }),
    z.object({ base64: z.string(), next: z.int().nullable() }),
  ),
  /** The hosts that people agreed to, one a server at most. */
  'media.hosts': query(z.object({}), z.object({ hosts: z.array(MediaHost) }), ['media', 'servers'] as const),
  /** Agrees to a host, or to none (null); logged. `not-allowed` where no media of that server was seen to lie there. */
  'media.agree': command(z.object({ server: ServerKey, origin: z.string().max(300).nullable() }), z.object({})),
}
