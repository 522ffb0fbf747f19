/** E-mail domain blocks, IP blocks and canonical e-mail blocks (contract E.5 to E.7). */
import { canonicalEmailBlockEntity, emailDomainBlockEntity, ipBlockEntity } from '../entities/blocks.ts'
import { castText, isPresent } from '../rules/casts.ts'
import { canonicalEmailHash } from '../rules/email.ts'
import type { CanonicalEmailBlockRecord, EmailDomainBlockRecord, IpBlockRecord } from '../rules/model.ts'
import { missing } from '../rules/refusals.ts'
import {
  createCanonicalEmailBlock,
  createEmailDomainBlock,
  createIpBlock,
  destroyEmailDomainBlock,
  updateIpBlock,
} from '../rules/sign-up-blocks.ts'
import { audit } from '../rules/strikes.ts'
import { type Answer, adminRead, adminWrite, type Call, json, permitted, type Route } from './call.ts'
import { type Family, familyRoutes, rowOf } from './lists.ts'

const emailDomains: Family<EmailDomainBlockRecord> = {
  name: 'email_domain_blocks',
  permission: 'manage_blocks',
  table: world => world.emailDomainBlocks,
  entity: (call, block) => emailDomainBlockEntity(call.view, block),
  destroy: (call, by, block) => destroyEmailDomainBlock(call.sample, by, block),
}

const addresses: Family<IpBlockRecord> = {
  name: 'ip_blocks',
  permission: 'manage_blocks',
  table: world => world.ipBlocks,
  entity: (_, block) => ipBlockEntity(block),
  destroy: (call, by, block) => {
    call.sample.world.ipBlocks.remove(block.id)
    audit(call.sample, by, 'destroy', 'IpBlock', block.id)
  },
}

const canonicalEmails: Family<CanonicalEmailBlockRecord> = {
  name: 'canonical_email_blocks',
  permission: 'manage_blocks',
  table: world => world.canonicalEmailBlocks,
  entity: (_, block) => canonicalEmailBlockEntity(block),
  destroy: (call, by, block) => {
    call.sample.world.canonicalEmailBlocks.remove(block.id)
    audit(call.sample, by, 'destroy', 'CanonicalEmailBlock', block.id)
  },
}

function updateAddress(call: Call): Answer {
  const row = rowOf(call, addresses)
  const { block, changed } = updateIpBlock(call.sample, permitted(call, 'manage_blocks'), row, call.params)
  call.effect = changed
  return json(ipBlockEntity(block))
}

function testEmail(call: Call): Answer {
  permitted(call, 'manage_blocks')
  const email = castText(call.params.email)
  if (!isPresent(email) && call.sample.release.canonicalTestNeedsEmail) throw missing(call.sample.release, 'email')
  const block = call.sample.world.canonicalEmailBlocks.find(canonicalEmailHash(email ?? ''))
  return json(block === undefined ? [] : [canonicalEmailBlockEntity(block)])
}

const writeAddress = adminWrite('ip_blocks')

/** E-mail domain, address and canonical e-mail blocks (contract E.5 to E.7). */
export const signUpBlockRoutes: readonly Route[] = [
  ...familyRoutes(emailDomains),
  {
    method: 'POST',
    path: '/api/v1/admin/email_domain_blocks',
    access: adminWrite('email_domain_blocks'),
    run: call =>
      json(
        emailDomainBlockEntity(
          call.view,
          createEmailDomainBlock(call.sample, permitted(call, 'manage_blocks'), call.params),
        ),
      ),
  },
  ...familyRoutes(addresses),
  {
    method: 'POST',
    path: '/api/v1/admin/ip_blocks',
    access: writeAddress,
    run: call => json(ipBlockEntity(createIpBlock(call.sample, permitted(call, 'manage_blocks'), call.params))),
  },
  { method: 'PUT', path: '/api/v1/admin/ip_blocks/:id', access: writeAddress, run: updateAddress },
  { method: 'PATCH', path: '/api/v1/admin/ip_blocks/:id', access: writeAddress, run: updateAddress },
  {
    method: 'POST',
    path: '/api/v1/admin/canonical_email_blocks/test',
    access: adminRead('canonical_email_blocks'),
    reads: true,
    run: testEmail,
  },
  ...familyRoutes(canonicalEmails),
  {
    method: 'POST',
    path: '/api/v1/admin/canonical_email_blocks',
    access: adminWrite('canonical_email_blocks'),
    run: call =>
      json(
        canonicalEmailBlockEntity(
          createCanonicalEmailBlock(call.sample, permitted(call, 'manage_blocks'), call.params),
        ),
      ),
  },
]
