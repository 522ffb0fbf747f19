import { z } from 'zod'
import { some } from './some.ts'
import { cut, id, name, words } from './text.ts'

/** `/api/v2/instance` (contract g): who answers there. */
export const InstanceEntity = z.object({
  domain: z.string().min(1).max(255),
  title: name.catch(''),
  version: cut(200),
  rules: some(z.object({ id, text: words, hint: words.catch('') }), 1000),
  registrations: z
    .object({
      enabled: z.boolean().nullable().catch(null),
      approval_required: z.boolean().nullable().catch(null),
      reason_required: z.boolean().nullable().catch(null),
    })
    .catch({ enabled: null, approval_required: null, reason_required: null }),
  configuration: z
    .object({ limited_federation: z.boolean().nullable().catch(null) })
    .catch({ limited_federation: null }),
})
/** `/api/v1/instance` of a server that knows no other. */
export const OlderInstanceEntity = z.object({ version: cut(200) })

/** Domains that the server knows (contract g): tens of thousands of names, of which what is none is left out. */
export const PeersEntity = z
  .array(z.unknown())
  .transform(list =>
    list.flatMap(name => (typeof name === 'string' && name !== '' && name.length <= 255 ? name.toLowerCase() : [])),
  )

export type InstanceEntity = z.infer<typeof InstanceEntity>
