import { locale, onSpoken } from '../../../shared/messages/say.ts'

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

const made = new Map<unknown, unknown>()
onSpoken(() => made.clear())
/** A format of the language that is spoken now, made when it is first needed: each costs milliseconds. */
const lazy = <T>(make: (tag: string) => T, key: unknown = make): T => {
  const known = made.get(key) ?? make(locale())
  made.set(key, known)
  return known as T
}
const plain = (tag: string) => new Intl.NumberFormat(tag)
const short = (tag: string) => new Intl.NumberFormat(tag, { notation: 'compact', maximumFractionDigits: 0 })
const sinceThen = (tag: string) => new Intl.RelativeTimeFormat(tag, { style: 'short' })
const times = (tag: string) => new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const exactTimes = (tag: string) => new Intl.DateTimeFormat(tag, { timeStyle: 'medium', hourCycle: 'h23' })
const days = (tag: string) => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric' })
const shortDays = (tag: string) => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short' })
const weekdayTimes = (tag: string) =>
  new Intl.DateTimeFormat(tag, { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const dayTimes = (tag: string) =>
  new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const moments = (tag: string) =>
  new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' })
const and = (tag: string) => new Intl.ListFormat(tag, { type: 'conjunction' })
const beside = (tag: string) => new Intl.ListFormat(tag, { type: 'unit', style: 'short' })
const languages = (tag: string) => new Intl.DisplayNames(tag, { type: 'language' })
const scripts = (tag: string) => new Intl.DisplayNames(tag, { type: 'script' })
const regions = (tag: string) => new Intl.DisplayNames(tag, { type: 'region' })
const unitFormat = (unit: string, unitDisplay: 'narrow' | 'short' | 'long') =>
  lazy(tag => new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay }), `${unit} ${unitDisplay}`)

/** `1,312` */
export const number = (value: number) => lazy(plain).format(value)
/** `312`, but `2K` */
export const shortNumber = (value: number) => lazy(short).format(value)
/** `38m`: how long ago, for a narrow column. */
export const age = (ms: number) => {
  const { unit, count } = spanOf(ms)
  return unitFormat(unit, 'narrow').format(count)
}
/** `38 min. ago` */
export const ago = (ms: number) => {
  const { unit, count } = spanOf(ms)
  return lazy(sinceThen).format(-count, unit)
}
/** `21 days` */
export const span = (ms: number) => {
  const { unit, count } = spanOf(ms)
  return unitFormat(unit, 'long').format(count)
}
/** `7s` */
export const seconds = (count: number) => unitFormat('second', 'narrow').format(count)
/** `14:02` */
export const time = (at: number) => lazy(times).format(at)
/** `14:02:07` */
export const exactTime = (at: number) => lazy(exactTimes).format(at)
/** `2 Nov 2026` */
export const date = (at: number) => lazy(days).format(at)
/** `19 Nov` */
export const shortDate = (at: number) => lazy(shortDays).format(at)
/** `2 Nov 2026, 14:02:07` */
export const moment = (at: number) => lazy(moments).format(at)
/** `14:02` today, else `19 Nov` */
export const timeOrDate = (at: number, now: number) => (shortDate(at) === shortDate(now) ? time(at) : shortDate(at))
/** `Fri 09:00` within six days, else `19 Nov, 09:00` */
export const dayAndTime = (at: number, now: number) =>
  lazy(Math.abs(at - now) < 6 * day ? weekdayTimes : dayTimes).format(at)
/** `a, b and c` */
export const list = (items: readonly string[]) => lazy(and).format(items)
/** With a capital, for what stands by itself. */
export const capital = (text: string) => text.charAt(0).toLocaleUpperCase(locale()) + text.slice(1)
/** `a, b, c` */
export const series = (items: readonly string[]) => lazy(beside).format(items)
/** `40 kB` */
export const bytes = (count: number) =>
  count < 1_000_000
    ? unitFormat('kilobyte', 'short').format(Math.ceil(count / 1000))
    : unitFormat('megabyte', 'short').format(Math.round(count / 100_000) / 10)
/** `Arabic`; the tag itself where no such language is known. */
export const language = (tag: string) => {
  try {
    return lazy(languages).of(tag) ?? tag
  } catch {
    return tag
  }
}

/** `Cyrillic`, of `Cyrl` */
export const script = (code: string) => lazy(scripts).of(code) ?? code
/** `Germany`, of `DE` */
export const regionName = (code: string) => lazy(regions).of(code) ?? code
