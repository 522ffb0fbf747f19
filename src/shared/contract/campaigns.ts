import { z } from 'zod'
import { ServerKey, Time } from './ids.ts'
import { command, query } from './method.ts'
import { CampaignKey } from './reports.ts'
import type { Topic } from './topics.ts'

/** The most characters of what is said about a campaign, in UTF-16 units. */
export const CAMPAIGN_SAID = 500

/** A campaign is its key: the same link, or the same text. Whether many share it now is another question. */
export const campaigns = {
  /** What is known about a campaign, over all servers. At most 20,000 reports are counted. */
  'campaigns.about': query(
    z.object({ key: CampaignKey }),
    z.object({
      /** The link, or the beginning of such a text. */
      shows: z.string(),
      /** What was said about it on this computer. */
      said: z.object({ text: z.string(), author: z.string(), at: Time }).nullable(),
      open: z.int(),
      closed: z.int(),
      accounts: z.int(),
      /** Where its accounts are, those with the most first (at most 50); null for members of the subscribed servers. */
      origins: z.array(z.object({ domain: z.string().nullable(), accounts: z.int() })),
      firstAt: Time.nullable(),
      lastAt: Time.nullable(),
    }),
    ['reports', 'campaigns'] as const satisfies Topic[],
  ),
  /** Keeps what is said about a campaign, on this computer only; nothing takes it away. `server`: as whom one speaks. */
  'campaigns.say': command(
    z.object({ key: CampaignKey, server: ServerKey, text: z.string().trim().max(CAMPAIGN_SAID) }),
    z.object({}),
  ),
}
