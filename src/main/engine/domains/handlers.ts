import type { domains } from '../../../shared/contract/domains.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { Context } from '../context.ts'
import { type Inverses, toDecision } from '../decisions/read.ts'
import { lookalikeOf } from '../lookalikes/table.ts'
import { federatesLimited } from '../servers/instance-table.ts'
import { allowRails } from './allow-kinds.ts'
import { domainOf } from './arming.ts'
import { blockRails } from './block-kinds.ts'
import { domainEffects } from './consequences.ts'
import { findMeasure } from './measures.ts'
import { measureDomain } from './measuring.ts'
import { lineOf, readDomain } from './name.ts'
import { countOpenAt, decisionsOn, mostReportedAt, openReportsAt, pageOfBlocks, toBlock } from './queue.ts'
import { findCovering, findDomainAllowOf, findDomainBlockOf } from './table.ts'

/** As many as one batch takes. */
const MOST_REPORTS = 5_000
const MOST_REPORTED = 20
const MOST_DECISIONS = 50

/** Shows domains, their blocks and what deciding about them would do. */
export const domainsHandlers = (context: Context, inverses: Inverses): Handlers<typeof domains, unknown> => {
  const { gate, clock } = context
  return {
    'domains.read': ({ text }) => {
      const read = readDomain(text)
      return read.domain === null ? { domain: null, unicode: '', problem: read.problem } : read
    },
    'domains.list': asked => gate.read(db => pageOfBlocks(db, asked, clock.now())),
    'domains.show': ({ server, domain: text }) => {
      const { domain } = domainOf(text)
      return gate.read(db => {
        const block = findDomainBlockOf(db, server, domain)
        const covering = findCovering(db, server, lineOf(domain).slice(1))
        const measure = findMeasure(db, server, domain) ?? null
        const open = countOpenAt(db, server, domain)
        const blocks = blockRails(db, server, domain)
        const allows = allowRails(db, server, domain)
        const allowedAt = findDomainAllowOf(db, server, domain)?.created_at ?? null
        const limited = federatesLimited(db, server)
        return {
          domain,
          lookalike: lookalikeOf(db, domain),
          block: block ? toBlock(block) : null,
          covering: covering ? toBlock(covering) : null,
          allowedAt,
          measure,
          refusals: { ...blocks.refusals, ...allows.refusals },
          brakes: { ...blocks.brakes, disallow: allows.brake },
          effects: domainEffects({ measure, open, limited, allowed: allowedAt !== null }),
          openReports: open,
          reported: mostReportedAt(db, server, domain, MOST_REPORTED),
          decisions: decisionsOn(db, server, domain, MOST_DECISIONS).map(row => toDecision(db, row, inverses)),
        }
      })
    },
    'domains.openReports': ({ server, domain: text }) => {
      const { domain } = domainOf(text)
      return gate.read(db => ({ ids: openReportsAt(db, server, domain, MOST_REPORTS) }))
    },
    'domains.measure': async ({ server, domain: text }) => {
      const { domain } = domainOf(text)
      const session = context.sessions.get(server)
      if (!session) throw new Failure('signed-out')
      const measure = await measureDomain({ context, session, signal: context.stop, cls: 'interactive' }, domain)
      return { measure }
    },
  }
}
