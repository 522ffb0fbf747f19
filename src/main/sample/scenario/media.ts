/** Pictures and videos of the story as attachments, with their files drawn when somebody asks for them. */
import type { MediaRecord } from '../rules/model.ts'
import type { Dice } from './dice.ts'
import { moving, still } from './drawn/pictures.ts'
import type { Drawn } from './script.ts'
import type { Story } from './story.ts'

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~'

const base83 = (value: number, width: number): string =>
  Array.from({ length: width }, (_, i) => digits[Math.floor(value / 83 ** (width - 1 - i)) % 83]).join('')

/** A blurhash of 4 × 3 parts: soft colours, like no picture in particular. */
function blurhash(dice: Dice): string {
  const ground = (dice.whole(90, 210) << 16) | (dice.whole(90, 210) << 8) | dice.whole(90, 210)
  const parts = Array.from({ length: 11 }, () =>
    base83(dice.whole(5, 13) * 361 + dice.whole(5, 13) * 19 + dice.whole(5, 13), 2),
  )
  return `L${base83(24, 1)}${base83(ground, 4)}${parts.join('')}`
}

const frame = (width: number, height: number): Readonly<Record<string, unknown>> => ({
  width,
  height,
  size: `${width}x${height}`,
  aspect: width / height,
})

/** Makes an attachment of a post made at `at` by somebody of `domain`. */
export function attach(story: Story, drawn: Drawn, at: number, domain: string | null): MediaRecord {
  const id = story.id(at)
  const number = story.number(`media ${id}`)
  const dice = story.dice(`blur ${id}`)
  const folder = domain === null ? '/system/media_attachments/files' : '/system/cache/media_attachments/files'
  const place = (size: string, kind: string): string => `${folder}/${id}/${size}/${number}.${kind}`
  const remote = (kind: string): string | null => (domain === null ? null : `https://${domain}/media/${number}.${kind}`)
  const shared = { id, description: drawn.says, blurhash: blurhash(dice) }
  if (drawn.draw === 'loop' || drawn.draw === 'video') {
    const { draw } = drawn
    const [width, height, duration] = draw === 'loop' ? [96, 64, 2] : [128, 96, 3]
    const [url, previewUrl] = [place('original', 'mp4'), place('small', 'png')]
    story.world.files.set(url, { contentType: 'video/mp4', make: () => moving(draw, number) })
    story.world.files.set(previewUrl, { contentType: 'image/png', make: () => still('poster', number, width, height) })
    const original = { width, height, frame_rate: '8/1', duration, bitrate: 1_188_000 }
    const meta = {
      length: `0:00:0${duration}.00`,
      duration,
      fps: 8,
      ...frame(width, height),
      original,
      small: frame(width, height),
    }
    return { ...shared, type: draw === 'loop' ? 'gifv' : 'video', url, previewUrl, remoteUrl: remote('mp4'), meta }
  }
  const { draw } = drawn
  const [width, height] = drawn.size ?? [640, 480]
  const [smallWidth, smallHeight] = [Math.round(width / 2), Math.round(height / 2)]
  const [url, previewUrl] = [place('original', 'png'), place('small', 'png')]
  story.world.files.set(url, { contentType: 'image/png', make: () => still(draw, number, width, height) })
  story.world.files.set(previewUrl, {
    contentType: 'image/png',
    make: () => still(draw, number, smallWidth, smallHeight),
  })
  const meta = { original: frame(width, height), small: frame(smallWidth, smallHeight), focus: { x: 0, y: 0 } }
  return { ...shared, type: 'image', url, previewUrl, remoteUrl: remote('png'), meta }
}
