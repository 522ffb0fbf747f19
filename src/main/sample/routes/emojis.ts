/** This server's custom emojis, for everybody. */
import { emojisOf } from '../entities/emoji.ts'
import { json, type Route } from './call.ts'

/** Custom emoji. */
export const emojiRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/custom_emojis',
    access: { kind: 'open' },
    run: call => {
      const own = [...call.sample.world.emojis.values()].filter(emoji => emoji.domain === null)
      return json(
        emojisOf(
          call.view,
          own.map(emoji => emoji.shortcode),
          null,
        ),
      )
    },
  },
]
