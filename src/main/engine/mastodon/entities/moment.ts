import { z } from 'zod'

/** A timestamp of the server (contract K.1) as milliseconds; what is no date fails the item, never the page. */
export const moment = z
  .string()
  .max(64)
  .transform((text, at) => {
    const ms = Date.parse(text)
    if (Number.isNaN(ms)) at.addIssue({ code: 'custom', message: 'no date' })
    return ms
  })
