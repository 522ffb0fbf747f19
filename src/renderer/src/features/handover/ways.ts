import type { Target } from '../../../../shared/contract/ids.ts'

/** Where the parts lead: addresses of screens, a report, and the log's entries of one action on a server. */
export type Ways = {
  needs: string
  signups: string
  settings: string
  onReport(report: Target): void
  onLog(action: string, server: string): void
}
