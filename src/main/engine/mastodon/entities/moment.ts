import { z } from 'zod'

/** ISO 8601, with a zone or without. What else `Date.parse` takes for a date, such as `1` or `soon 7`, is none. */
const ISO = /^(\d{4}|[+-]\d{6})-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/
const ZONE = /(T.*[+-]\d\d:?\d\d|^[^T]*)$/

/** What a server's timestamp says, in ms; NaN where it is none. Without a zone it is meant as all others are: in UTC, and not where one sits. */
const read = (text: string): number =>
  text.length <= 64 && ISO.test(text)
    ? Date.parse(text.endsWith('Z') || ZONE.test(text) ? text : `${text}Z`)
    : Number.NaN

/**
 * A timestamp of the server (contract K.1) as milliseconds; what is no date fails the item, never the page. One step of zod, since every
 * report has three, and every post.
 */
export const moment = z.transform((told: unknown, at): number => {
  const ms = typeof told === 'string' ? read(told) : Number.NaN
  if (!Number.isNaN(ms)) return ms
  at.addIssue({ code: 'custom', message: 'no date' })
  return z.NEVER
})
