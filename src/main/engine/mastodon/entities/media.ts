import { z } from 'zod'
import { id } from './text.ts'

const address = z.string().max(4096).nullish()

/** The category of a report as it is now, and where the attachments of a report's posts and the pictures of its target lie (contract F.3, F.10, F.12): read only when someone asks for one, and not kept. */
export const MediaPlacesEntity = z.object({
  category: z.string().max(64),
  target_account: z.object({ account: z.object({ avatar_static: address, header_static: address }) }),
  statuses: z.array(
    z.object({
      id,
      media_attachments: z.array(
        z.object({
          type: z.enum(['image', 'gifv', 'video', 'audio', 'unknown']).catch('unknown'),
          url: address,
          preview_url: address,
          remote_url: address,
        }),
      ),
    }),
  ),
})
export type MediaPlacesEntity = z.infer<typeof MediaPlacesEntity>
