/** All routes of the sample server. */
import { accountRoutes } from './accounts.ts'
import { appRoutes } from './apps.ts'
import type { Route } from './call.ts'
import { domainBlockRoutes } from './domain-blocks.ts'
import { instanceRoutes } from './instance.ts'
import { notificationRoutes } from './notifications.ts'
import { peopleRoutes } from './people.ts'
import { reportRoutes } from './reports.ts'
import { signUpBlockRoutes } from './sign-up-blocks.ts'
import { statusRoutes } from './statuses.ts'

export const routes: readonly Route[] = [
  ...instanceRoutes,
  ...reportRoutes,
  ...accountRoutes,
  ...peopleRoutes,
  ...statusRoutes,
  ...notificationRoutes,
  ...domainBlockRoutes,
  ...signUpBlockRoutes,
  ...appRoutes,
]
