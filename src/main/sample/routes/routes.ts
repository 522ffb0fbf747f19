/** All routes of the sample server. */
import { accountRoutes } from './accounts.ts'
import { appRoutes } from './apps.ts'
import type { Route } from './call.ts'
import { domainBlockRoutes } from './domain-blocks.ts'
import { emojiRoutes } from './emojis.ts'
import { instanceRoutes } from './instance.ts'
import { metricRoutes } from './metrics.ts'
import { notificationRoutes } from './notifications.ts'
import { oauthRoutes } from './oauth.ts'
import { peopleRoutes } from './people.ts'
import { reportRoutes } from './reports.ts'
import { searchRoutes } from './search.ts'
import { signUpBlockRoutes } from './sign-up-blocks.ts'
import { statusRoutes } from './statuses.ts'
import { tagRoutes } from './tags.ts'
import { trendRoutes } from './trends.ts'

/** All of them; the first that fits answers. */
export const routes: readonly Route[] = [
  ...instanceRoutes,
  ...emojiRoutes,
  ...reportRoutes,
  ...accountRoutes,
  ...peopleRoutes,
  ...statusRoutes,
  ...notificationRoutes,
  ...domainBlockRoutes,
  ...signUpBlockRoutes,
  ...metricRoutes,
  ...trendRoutes,
  ...tagRoutes,
  ...searchRoutes,
  ...appRoutes,
  ...oauthRoutes,
]
