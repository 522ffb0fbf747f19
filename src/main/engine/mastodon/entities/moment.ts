import { z } from 'zod'

/**
 * A timestamp of the server (contract K.1) as milliseconds; what is no date fails the item, never the page. One step of zod, since every
 * report has three, and every post.
 */
export const moment = z.transform((told: unknown, at): number => {
  const ms = typeof told === 'string' && told.length <= 64 ? Date.parse(told) : Number.NaN
  if (!Number.isNaN(ms)) return ms
  at.addIssue({ code: 'custom', message: 'no date' })
  return z.NEVER
})
