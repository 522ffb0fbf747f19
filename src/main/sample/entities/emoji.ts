/** CustomEmoji (contract F.14). */
import type { EmojiRecord } from '../rules/model-more.ts'
import type { View } from './view.ts'

/** The emojis with these shortcodes on a server (`domain` null: this one); unknown ones are left out. */
export function emojisOf(view: View, shortcodes: readonly string[], domain: string | null): object[] {
  const entities: object[] = []
  for (const shortcode of shortcodes) {
    const emoji = view.sample.world.emojis.get(domain === null ? shortcode : `${shortcode}@${domain}`)
    if (emoji !== undefined) entities.push(emojiEntity(view, emoji))
  }
  return entities
}

function emojiEntity(view: View, emoji: EmojiRecord): object {
  const url = view.url(emoji.url)
  const entity: Record<string, unknown> = { shortcode: emoji.shortcode, url, static_url: url, visible_in_picker: true }
  if (emoji.category !== null) entity.category = emoji.category
  if (view.has('4.5')) entity.featured = false
  return entity
}
