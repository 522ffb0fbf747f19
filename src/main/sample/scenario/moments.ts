/** Times of the story: written as "how long ago", counted from one moment that the caller shifts to now. */
import type { Lang } from './script.ts'

/** The moment at which the story was written: a Monday in November, two in the afternoon (UTC). */
export const storyMoment = Date.UTC(2026, 10, 23, 14, 0, 0)

const units: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 }

/** Milliseconds of `3d4h`, `25m`, `+2d` or `-22h`. Throws on anything else: the texts are ours. */
export function span(text: string): number {
  const match = /^([+-]?)((?:\d+(?:\.\d+)?[dhms])+)$/.exec(text)
  if (match === null) throw new Error(`No span of time: ${text}`)
  let sum = 0
  for (const [, amount = '0', unit = 's'] of (match[2] ?? '').matchAll(/(\d+(?:\.\d+)?)([dhms])/g)) {
    sum += Number(amount) * (units[unit] ?? 0)
  }
  return match[1] === '-' ? -sum : sum
}

const months: Readonly<Record<Lang, readonly string[]>> = {
  en: 'January February March April May June July August September October November December'.split(' '),
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' '),
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' '),
  ar: 'يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر'.split(' '),
  ja: '1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月'.split(' '),
}

/** A day as people write it in that language. By hand, not by Intl, whose wording changes between versions of Node. */
function day(at: number, lang: Lang): string {
  const date = new Date(at)
  const number = date.getUTCDate()
  const month = months[lang][date.getUTCMonth()] ?? ''
  if (lang === 'de') return `${number}. ${month}`
  if (lang === 'es') return `${number} de ${month}`
  if (lang === 'ja') return `${month}${number}日`
  return `${number} ${month}`
}

/** Puts days for `{date:+4d}` in a text. */
export function withDates(text: string, now: number, lang: Lang): string {
  return text.replace(/\{date:([+-]\w+)\}/g, (_, when: string) => day(now + span(when), lang))
}
