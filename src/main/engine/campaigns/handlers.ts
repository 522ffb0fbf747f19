import type { campaigns } from '../../../shared/contract/campaigns.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { Context } from '../context.ts'
import { findServer } from '../servers/table.ts'
import { campaignShows, findSaid, putSaid, readCampaign } from './table.ts'

/** Campaigns as a whole. What is said about one is logged; its words and its link stand there as personal values. */
export const campaignsHandlers = ({ gate, clock, log }: Context): Handlers<typeof campaigns, unknown> => ({
  'campaigns.about': ({ key }) => gate.read(db => readCampaign(db, key)),
  'campaigns.say': ({ key, server, text }) =>
    gate.write(['campaigns', 'reports', 'log'], db => {
      const home = findServer(db, server)
      if (!home) throw new Failure('not-found')
      const before = findSaid(db, key)?.text ?? ''
      if (before === text) return {}
      putSaid(db, key, { text, author: home.account.acct, at: clock.now() })
      log(db, {
        source: 'did',
        action: 'campaign.said',
        server: null,
        facts: { campaign: key.startsWith('link:') ? 'link' : 'text' },
        personal: { shares: campaignShows(db, key), before, text },
      })
      return {}
    }),
})
