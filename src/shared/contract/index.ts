import { accountPage } from './account-page.ts'
import { accounts } from './accounts.ts'
import { backup } from './backup.ts'
import { batches } from './batches.ts'
import { blocks } from './blocks.ts'
import { campaigns } from './campaigns.ts'
import { decisions } from './decisions.ts'
import { domains } from './domains.ts'
import { drafts } from './drafts.ts'
import { exposure } from './exposure.ts'
import { finder } from './finder.ts'
import { handover } from './handover.ts'
import { interests } from './interests.ts'
import { lock } from './lock.ts'
import { log } from './log.ts'
import { lookalikes } from './lookalikes.ts'
import { media } from './media.ts'
import type { Client } from './method.ts'
import { notes } from './notes.ts'
import { posts } from './posts.ts'
import { reports } from './reports.ts'
import { servers } from './servers.ts'
import { settings } from './settings.ts'
import { signups } from './signups.ts'
import { sync } from './sync.ts'
import { templates } from './templates.ts'
import { trends } from './trends.ts'
import { views } from './views.ts'

/** Everything that may be said to the engine: the one list. */
export const contract = {
  ...servers,
  ...reports,
  ...accounts,
  ...accountPage,
  ...notes,
  ...decisions,
  ...batches,
  ...domains,
  ...lookalikes,
  ...blocks,
  ...trends,
  ...templates,
  ...lock,
  ...log,
  ...signups,
  ...sync,
  ...settings,
  ...drafts,
  ...exposure,
  ...posts,
  ...media,
  ...campaigns,
  ...views,
  ...finder,
  ...backup,
  ...interests,
  ...handover,
}
/** The engine as its clients call it. */
export type Engine = Client<typeof contract>
