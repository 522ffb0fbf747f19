/** The instance and its public lists (contract g). */
import { digestOf } from '../entities/blocks.ts'
import { instanceV1, instanceV2 } from '../entities/instance.ts'
import { rulesInForce } from '../entities/report.ts'
import { midnight } from '../entities/times.ts'
import { castText } from '../rules/casts.ts'
import { coveringBlock, obfuscated } from '../rules/domains.ts'
import { notFound } from '../rules/refusals.ts'
import { type Access, type Answer, type Call, json, type Route } from './call.ts'

const open: Access = { kind: 'open' }
const week = 7 * 86_400_000

/** A list that is switched off: 404 without a body. */
const off: Answer = { text: '', status: 404 }

function peers(call: Call): string[] {
  const { world } = call.sample
  const domains = [...world.accountsByDomain.keys()].filter(
    domain => domain !== '' && (world.accountsByDomain.get(domain)?.size ?? 0) > 0,
  )
  return domains.filter(domain => coveringBlock(world, domain)?.domain !== domain).sort()
}

function publicBlocks(call: Call): Answer {
  const { world } = call.sample
  const { showDomainBlocks, showDomainBlocksRationale } = world.instance
  if (showDomainBlocks === 'disabled') return off
  if (showDomainBlocks === 'users' && call.account === null) return off
  const withReason =
    showDomainBlocksRationale === 'all' || (showDomainBlocksRationale === 'users' && call.account !== null)
  const shown = world.domainBlocks.all().filter(block => block.severity === 'silence' || block.severity === 'suspend')
  const sorted = [...shown].sort(
    (a, b) => Number(b.severity === 'suspend') - Number(a.severity === 'suspend') || a.domain.localeCompare(b.domain),
  )
  return json(
    sorted.map(block => ({
      domain: block.obfuscate ? obfuscated(block.domain) : block.domain,
      digest: digestOf(block.domain),
      severity: block.severity,
      comment: withReason ? block.publicComment : null,
    })),
  )
}

function activity(call: Call): Answer {
  const { world, clock } = call.sample
  if (!world.instance.activityEnabled) return off
  const monday = midnight(clock.now()) - ((new Date(clock.now()).getUTCDay() + 6) % 7) * 86_400_000
  const local = world.accountsByDomain.get('')?.all() ?? []
  const weeks = Array.from({ length: 12 }, (_, back) => {
    const from = monday - back * week
    const within = (time: number | null | undefined): boolean => time != null && time >= from && time < from + week
    const statuses = local.reduce(
      (sum, { id }) => sum + (world.statusesByAccount.get(id) ?? []).filter(s => within(s.createdAt)).length,
      0,
    )
    const logins = local.filter(account => within(account.user?.lastSignInAt)).length
    const registrations = local.filter(account => within(account.createdAt)).length
    return {
      week: String(from / 1000),
      statuses: String(statuses),
      logins: String(logins),
      registrations: String(registrations),
    }
  })
  return json(weeks)
}

/** Who the server is, its rules and its peers. */
export const instanceRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/v1/instance', access: open, run: call => json(instanceV1(call.view)) },
  { method: 'GET', path: '/api/v2/instance', access: open, run: call => json(instanceV2(call.view)) },
  { method: 'GET', path: '/api/v1/instance/rules', access: open, run: call => json(rulesInForce(call.view)) },
  {
    method: 'GET',
    path: '/api/v1/instance/peers',
    access: open,
    run: call => {
      const { instance } = call.sample.world
      return instance.peersEnabled && !instance.limitedFederation ? json(peers(call)) : off
    },
  },
  {
    method: 'GET',
    path: '/api/v1/peers/search',
    access: open,
    since: '4.2',
    run: call => {
      if (!call.sample.world.instance.peersEnabled) throw notFound()
      const query = castText(call.params.q)?.trim().toLowerCase() ?? ''
      if (query === '') return json([])
      return json(
        peers(call)
          .filter(domain => domain.startsWith(query))
          .slice(0, 10),
      )
    },
  },
  { method: 'GET', path: '/api/v1/instance/activity', access: open, run: activity },
  { method: 'GET', path: '/api/v1/instance/domain_blocks', access: open, run: publicBlocks },
]
