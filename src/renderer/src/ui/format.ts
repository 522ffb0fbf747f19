import { formatLocale } from './locale.ts'

const locale = formatLocale(typeof navigator === 'undefined' ? [] : navigator.languages)
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const spans = [
  { unit: 'day', ms: day, from: 2 * day },
  { unit: 'hour', ms: hour, from: hour },
  { unit: 'minute', ms: minute, from: minute },
  { unit: 'second', ms: 1000, from: 0 },
] as const

const spanOf = (ms: number) => {
  const span = spans.find(each => Math.abs(ms) >= each.from) ?? { unit: 'second', ms: 1000 }
  return { unit: span.unit, count: Math.floor(Math.abs(ms) / span.ms) }
}

const plain = new Intl.NumberFormat(locale)
const sinceThen = new Intl.RelativeTimeFormat(locale, { style: 'short' })
const inUnit = new Map<string, Intl.NumberFormat>()
const unitFormat = (unit: string, unitDisplay: 'narrow' | 'short' | 'long') => {
  const key = `${unit} ${unitDisplay}`
  const known = inUnit.get(key) ?? new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay })
  inUnit.set(key, known)
  return known
}
const times = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const exactTimes = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23' })
const days = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' })
const shortDays = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' })
const and = new Intl.ListFormat(locale, { type: 'conjunction' })
const languages = new Intl.DisplayNames(locale, { type: 'language' })

/** `1,312` */
export const number = (value: number) => plain.format(value)
/** `38m`: how long ago, for a narrow column. */
export const age = (ms: number) => {
  const { unit, count } = spanOf(ms)
  return unitFormat(unit, 'narrow').format(count)
}
/** `38 min. ago` */
export const ago = (ms: number) => {
  const { unit, count } = spanOf(ms)
  return sinceThen.format(-count, unit)
}
/** `21 days` */
export const span = (ms: number) => {
  const { unit, count } = spanOf(ms)
  return unitFormat(unit, 'long').format(count)
}
/** `7s` */
export const seconds = (count: number) => unitFormat('second', 'narrow').format(count)
/** `14:02` */
export const time = (at: number) => times.format(at)
/** `14:02:07` */
export const exactTime = (at: number) => exactTimes.format(at)
/** `2 Nov 2026` */
export const date = (at: number) => days.format(at)
/** `19 Nov` */
export const shortDate = (at: number) => shortDays.format(at)
/** `2 Nov 2026, 14:02:07` */
export const moment = (at: number) => moments.format(at)
/** `14:02` today, else `19 Nov` */
export const timeOrDate = (at: number, now: number) =>
  shortDays.format(at) === shortDays.format(now) ? time(at) : shortDate(at)
/** `a, b and c` */
export const list = (items: readonly string[]) => and.format(items)
/** `40 kB` */
export const bytes = (count: number) =>
  count < 1_000_000
    ? unitFormat('kilobyte', 'short').format(Math.ceil(count / 1000))
    : unitFormat('megabyte', 'short').format(Math.round(count / 100_000) / 10)
/** `Arabic`; the tag itself where no such language is known. */
export const language = (tag: string) => {
  try {
    return languages.of(tag) ?? tag
  } catch {
    return tag
  }
}
