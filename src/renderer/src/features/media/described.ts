import type { Piece } from '../../../../shared/contract/media.ts'
import type { Media } from '../../../../shared/contract/posts.ts'
import { say } from '../../../../shared/messages/say.ts'

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`

/** `Image 1080 × 2340`, `Video 0:48` */
export const mediaWords = ({
  type,
  width,
  height,
  duration,
}: Pick<Media, 'type' | 'width' | 'height' | 'duration'>) => {
  const size = width !== null && height !== null ? `${width} × ${height}` : ''
  return say(`media.${type}`, { size, time: duration === null ? '' : clock(duration) }).trim()
}

/** A piece of media as the case knows it, without fetching anything. */
export type Described = Pick<Media, 'type' | 'description' | 'width' | 'height' | 'duration'> & { piece: Piece }

/** The attachments of a post in their order. */
export const attachmentsOf = (post: string, media: readonly Media[]): Described[] =>
  media.map((one, place) => ({ ...one, piece: { post, place } }))
