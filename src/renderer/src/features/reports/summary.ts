import type { z } from 'zod'
import type { reports } from '../../../../shared/contract/reports.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import { say } from '../../../../shared/messages/say.ts'
import { visibleControls } from '../../../../shared/visible-text.ts'
import { list } from '../../ui/format.ts'
import { handleText } from '../../ui/handle-text.ts'

type Case = z.output<(typeof reports)['reports.case']['output']>

/** A moment that means the same wherever the team sits: `2026-11-26 14:02 UTC`. */
const inUtc = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`

const inForce = ({ flags }: Case['account']) =>
  (['suspended', 'limited', 'sensitive', 'frozen'] as const).filter(flag => flags[flag] === true)

/**
 * A case in a few lines for the team's chat, with its page in the web admin: which report, about whom, how many, under which rules. Masked:
 * nothing that reporters, the account or a member wrote, no e-mail, no address, and of reporters only how many servers they are on.
 */
export const summaryOf = (shown: Case, server: Pick<Server, 'domain'> | undefined): string => {
  const { report, account, told, rules } = shown
  const flags = inForce(account)
  const who = handleText(account)
  const here = rules.filter(rule => rule.here).map(rule => visibleControls(rule.text.slice(0, 200)))
  const sources = new Set(told.map(each => each.reporter.domain ?? '')).size
  const lines = [
    say('summary.head', {
      server: server?.domain ?? '',
      report: report.id,
      category: say(`category.${report.category}`),
    }),
    flags.length === 0
      ? say('summary.about', { who })
      : say('summary.about-restricted', { who, flags: list(flags.map(flag => say(`flag.${flag}`))) }),
    report.resolvedAt === null
      ? say('summary.open', { count: told.length, sources, posts: report.posts })
      : say('summary.closed', { at: inUtc(report.resolvedAt) }),
    ...(here.length > 0 ? [say('summary.rules', { rules: here.join(' · ') })] : []),
    say('summary.filed', { at: inUtc(report.createdAt) }),
    shown.webAdmin,
  ]
  return lines.join('\n')
}
