import { z } from 'zod'

/** `/api/v2/instance` (contract g): who answers there. */
export const InstanceEntity = z.object({
  domain: z.string().min(1).max(255),
  title: z.string().catch(''),
  version: z.string(),
  rules: z.array(z.object({ id: z.string(), text: z.string() })).catch([]),
})
export type InstanceEntity = z.infer<typeof InstanceEntity>
