import type { z } from 'zod'
import type { ServerKey } from '../../../../shared/contract/ids.ts'
import type { Category, ReportFilter } from '../../../../shared/contract/reports.ts'

export const queues = ['reports', 'mine', 'unclaimed', 'legal', 'closed'] as const
export type Queue = (typeof queues)[number]

/** What a queue of the rail asks for. The legal queue is one category; elsewhere the category is the person's choice. */
export const filterOf = (
  queue: Queue,
  server: ServerKey | null,
  category: Category | null,
): z.input<typeof ReportFilter> => ({
  server,
  state: queue === 'closed' ? 'resolved' : 'open',
  category: queue === 'legal' ? 'legal' : category,
  claim: queue === 'mine' || queue === 'unclaimed' ? queue : 'any',
})
