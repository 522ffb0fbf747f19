/** Domain blocks and allows (contract E.3, E.4). */
import { domainAllowEntity, domainBlockEntity } from '../entities/blocks.ts'
import {
  Covered,
  createDomainAllow,
  createDomainBlock,
  destroyDomainAllow,
  destroyDomainBlock,
  updateDomainBlock,
} from '../rules/domain-blocks.ts'
import type { DomainAllowRecord, DomainBlockRecord } from '../rules/model.ts'
import { Refusal } from '../rules/refusals.ts'
import { type Answer, adminWrite, type Call, json, permitted, type Route } from './call.ts'
import { type Family, familyRoutes, rowOf } from './lists.ts'

const pageMaximum = (call: Call): number => call.sample.release.domainBlocks.pageMaximum

const blocks: Family<DomainBlockRecord> = {
  name: 'domain_blocks',
  permission: 'manage_federation',
  table: world => world.domainBlocks,
  entity: (call, block) => domainBlockEntity(call.view, block),
  destroy: (call, by, block) => destroyDomainBlock(call.sample, by, block),
  pageMaximum,
}

const allows: Family<DomainAllowRecord> = {
  name: 'domain_allows',
  permission: 'manage_federation',
  table: world => world.domainAllows,
  entity: (_, allow) => domainAllowEntity(allow),
  destroy: (call, by, allow) => destroyDomainAllow(call.sample, by, allow),
  pageMaximum,
}

function create(call: Call): Answer {
  const by = permitted(call, 'manage_federation')
  try {
    return json(domainBlockEntity(call.view, createDomainBlock(call.sample, by, call.params)))
  } catch (reason) {
    if (!(reason instanceof Covered)) throw reason
    const error = `You have already imposed stricter limits on ${reason.by.domain}.`
    throw new Refusal(422, { error, existing_domain_block: domainBlockEntity(call.view, reason.by) })
  }
}

function update(call: Call): Answer {
  const block = rowOf(call, blocks)
  const by = permitted(call, 'manage_federation')
  call.effect = updateDomainBlock(call.sample, by, block, call.params)
  return json(domainBlockEntity(call.view, block))
}

function allow(call: Call): Answer {
  const by = permitted(call, 'manage_federation')
  const { allow, created } = createDomainAllow(call.sample, by, call.params)
  call.effect = created
  return json(domainAllowEntity(allow))
}

const write = adminWrite('domain_blocks')

/** Domain blocks and allows (contract E.3, E.4). */
export const domainBlockRoutes: readonly Route[] = [
  ...familyRoutes(blocks),
  { method: 'POST', path: '/api/v1/admin/domain_blocks', access: write, run: create },
  { method: 'PUT', path: '/api/v1/admin/domain_blocks/:id', access: write, run: update },
  { method: 'PATCH', path: '/api/v1/admin/domain_blocks/:id', access: write, run: update },
  ...familyRoutes(allows),
  { method: 'POST', path: '/api/v1/admin/domain_allows', access: adminWrite('domain_allows'), run: allow },
]
