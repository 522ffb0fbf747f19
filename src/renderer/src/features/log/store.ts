import { create } from 'zustand'
import { DecisionKind } from '../../../../shared/contract/decisions.ts'
import type { Input } from '../../client/question.ts'

/** What can be typed into the filters, as it stands there. */
const typed = ['text', 'moderator', 'target', 'domain', 'rule', 'report'] as const
export type Typed = (typeof typed)[number]

/** What happened, of the kinds that one looks for. */
export const happenings = [
  'decision.armed',
  'decision.done',
  'decision.failed',
  'decision.not-done',
  'decision.cancelled',
  'report.seen-resolved',
  'report.seen-assigned',
  'account.seen-changed',
  'account.revealed',
  'note.added',
  'log.exported',
  'personal.erased',
  'server.signed-in',
  'server.signed-out',
  'setting.changed',
] as const

/** The filters of the log: kept while one is elsewhere. Days are `YYYY-MM-DD`, or empty. */
export type Filters = Record<Typed | 'server' | 'kind' | 'source' | 'from' | 'to', string>

export const noFilters: Filters = {
  text: '',
  moderator: '',
  target: '',
  domain: '',
  rule: '',
  report: '',
  server: '',
  kind: '',
  source: '',
  from: '',
  to: '',
}

/** Filters, and where each page begins; the first begins at the newest entry. */
export const useLogFilters = create<{ filters: Filters; starts: readonly number[] }>(() => ({
  filters: noFilters,
  starts: [],
}))

export const setFilter = (name: keyof Filters, value: string) =>
  useLogFilters.setState(({ filters }) => ({ filters: { ...filters, [name]: value }, starts: [] }))

export const decisionKinds = DecisionKind.options

/** A day begins here, by this computer's time zone. */
const dayBegins = (day: string, days: number): number | undefined => {
  const [year, month, date] = day.split('-').map(Number)
  const at = new Date(year ?? Number.NaN, (month ?? 1) - 1, (date ?? 1) + days).getTime()
  return Number.isNaN(at) ? undefined : at
}

/** What the engine is asked: without what is empty; the last day counts whole. */
export const askedBy = (filters: Filters): Input<'log.page'> => {
  const { from, to, source, server, kind } = filters
  const asked = Object.fromEntries(
    Object.entries({ ...Object.fromEntries(typed.map(name => [name, filters[name].trim()])), server, kind }).filter(
      ([, value]) => value !== '',
    ),
  )
  return {
    ...asked,
    ...(source === 'did' || source === 'saw' ? { source } : {}),
    ...(from === '' ? {} : { from: dayBegins(from, 0) }),
    ...(to === '' ? {} : { to: dayBegins(to, 1) }),
  }
}
