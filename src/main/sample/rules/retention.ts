/** Retention: contract E.11. Cohorts of people by when they came, and how many were still there later. */
import { midnight } from '../entities/times.ts'
import { dayLength, localAccounts, neededPeriod, type Params, periodOf } from './metrics.ts'
import type { AccountRecord } from './model.ts'
import type { Sample } from './sample.ts'

function monthStart(time: number, offset = 0): number {
  const date = new Date(time)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1)
}

/** Starts of the days or months of a period, cut to 31 days or 12 months before its end. */
function periods(from: number, to: number, frequency: 'day' | 'month'): number[] {
  const starts: number[] = []
  if (frequency === 'day') {
    for (let at = Math.max(midnight(from), midnight(to) - 31 * dayLength); at <= to; at += dayLength) starts.push(at)
  } else {
    for (let at = Math.max(monthStart(from), monthStart(to, -12)); at <= to; at = monthStart(at, 1)) starts.push(at)
  }
  return starts
}

function stamp(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}+00:00`
}

function isIn(time: number, start: number, frequency: 'day' | 'month'): boolean {
  return time >= start && time < (frequency === 'day' ? start + dayLength : monthStart(start, 1))
}

function stillThere(account: AccountRecord, at: number): boolean {
  return (account.user?.lastSignInAt ?? 0) >= at
}

/** POST …/retention. Without dates: 400 where the release checks them, an empty list before [run: 4.3]. */
export function retention(sample: Sample, params: Params): object[] {
  if (periodOf(params) === null && !sample.release.metrics.missingDatesAreRefused) return []
  const { from, to } = neededPeriod(sample, params)
  const frequency = params.frequency === 'month' ? 'month' : 'day'
  const starts = periods(from, to, frequency)
  const people = localAccounts(sample)
  return starts.map((start, index) => {
    const cohort = people.filter(account => isIn(account.createdAt, start, frequency))
    const data = starts.slice(index).map(at => {
      const there = cohort.filter(account => stillThere(account, at)).length
      return { date: stamp(at), rate: cohort.length === 0 ? 0 : there / cohort.length, value: String(there) }
    })
    return { period: stamp(start), frequency, data }
  })
}
