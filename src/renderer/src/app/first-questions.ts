import type { Topic } from '../../../shared/contract/topics.ts'
import type { EarlyQuestion } from '../client/early-wire.ts'
import { filterOf, firstLines, firstOrder, nothingChosen } from '../features/reports/queue.ts'

/** Under this name the tab keeps where one was. */
export const PLACE = 'place'

/** What every screen shows around itself, and what was being written: a field that opens at once has its words. */
export const frameQuestions = [
  'settings.get',
  'lock.state',
  'servers.list',
  'sync.status',
  'reports.counts',
  'signups.count',
  'decisions.bar',
  'batches.list',
  'views.list',
  'drafts.list',
] as const

/** What makes an answer stale that was given before the page could watch for it. */
export const earlyTopics: readonly Topic[] = [
  'servers',
  'reports',
  'campaigns',
  'views',
  'accounts',
  'notes',
  'decisions',
  'sync',
  'settings',
  'signups',
  'lock',
  'drafts',
]

const linesAfter = (opened: object): EarlyQuestion | undefined =>
  'list' in opened &&
  typeof opened.list === 'string' &&
  'lines' in opened &&
  typeof opened.lines === 'number' &&
  opened.lines > 0
    ? { method: 'reports.lines', input: firstLines({ list: opened.list, lines: opened.lines }) }
    : undefined

/**
 * What a start asks before it has read what it speaks with, the longest first. An address that names more than the queue, or a place to come
 * back to, is read by those who know it; they ask for its list.
 */
export const earlyQuestions = (hash: string, place: string | null): EarlyQuestion[] => {
  const input = { filter: filterOf('reports', null, nothingChosen), ...firstOrder }
  const isWhole = /^#?\/?(reports)?$/.test(hash) && place === null
  return [
    ...(isWhole ? [{ method: 'reports.open', input, next: linesAfter }] : []),
    ...frameQuestions.map(method => ({ method, input: {} })),
  ]
}
