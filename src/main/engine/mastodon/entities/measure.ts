import { z } from 'zod'

/** `Admin::Measure` (contract F.6): totals are texts. */
export const MeasuresEntity = z.array(
  z.object({
    key: z.string().max(64),
    total: z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  }),
)
