import type { ServerKey } from '../../../../shared/contract/ids.ts'
import type { ReportFilter, ReportGrouping, ReportSort } from '../../../../shared/contract/reports.ts'

export const queues = ['reports', 'mine', 'unclaimed', 'campaigns', 'legal', 'snoozed', 'closed'] as const
export type Queue = (typeof queues)[number]

/** What a person narrows a queue by; the queue itself and the server stand in the address. */
export type Chosen = Omit<ReportFilter, 'server' | 'state' | 'claim' | 'snoozed'>

/** Written down, as the contract has it: the first list is asked for before the contract is read. */
export const nothingChosen: Chosen = {
  category: null,
  assignee: null,
  rule: null,
  origin: null,
  source: null,
  target: null,
  language: null,
  age: { least: null, below: null },
  campaign: null,
  text: '',
}
/** The order that a queue has until a person chooses another. */
export const firstOrder: { group: ReportGrouping; sort: ReportSort } = { group: 'campaign', sort: 'severest' }

/** The parts that are narrowed, in the order in which they are shown. */
export const chosenParts = (chosen: Chosen): (keyof Chosen)[] => {
  const parts: (keyof Chosen)[] = (
    ['category', 'target', 'rule', 'origin', 'source', 'language', 'assignee', 'campaign'] as const
  ).filter(part => chosen[part] !== null)
  return chosen.age.least === null && chosen.age.below === null ? parts : [...parts, 'age']
}

/** Whether anything is left out that the queue itself would show. */
export const isNarrowed = (chosen: Chosen) => chosen.text.trim() !== '' || chosenParts(chosen).length > 0

/** What a queue of the rail asks for. Legal reports and campaigns are queues of their own; elsewhere they are the person's choice. */
export const filterOf = (queue: Queue, server: ServerKey | null, chosen: Chosen): ReportFilter => ({
  ...chosen,
  server,
  state: queue === 'closed' ? 'resolved' : 'open',
  category: queue === 'legal' ? 'legal' : chosen.category,
  campaign: queue === 'campaigns' ? (chosen.campaign ?? 'any') : chosen.campaign,
  claim: queue === 'mine' || queue === 'unclaimed' ? queue : 'any',
  snoozed: queue === 'snoozed' ? 'only' : 'out',
})

/** The queue that a filter is narrowed from, and by what: the other way round. */
export const queueOf = (filter: ReportFilter): { queue: Queue; chosen: Chosen } => {
  const { server: _, state, claim, snoozed, ...chosen } = filter
  if (state === 'resolved') return { queue: 'closed', chosen }
  if (snoozed === 'only') return { queue: 'snoozed', chosen }
  if (claim !== 'any') return { queue: claim, chosen }
  if (filter.campaign === 'any') return { queue: 'campaigns', chosen: { ...chosen, campaign: null } }
  if (filter.category === 'legal') return { queue: 'legal', chosen: { ...chosen, category: null } }
  return { queue: 'reports', chosen }
}

/** Lines of a list read at once. */
export const SLICE = 50
/** What a list is asked for first, once it is open. */
export const firstLines = ({ list, lines }: { list: string; lines: number }) => ({
  list,
  from: 0,
  count: Math.min(SLICE, lines),
})
