import { domainToASCII } from 'node:url'
import { z } from 'zod'
import { levelled } from './level.ts'

/** An id of the server (contract K.2): it stands in addresses and lists as it is, so it is of letters, digits, `-` and `_` only. */
export const id = z.string().regex(/^[\w-]{1,64}$/)

/** Half a letter alone is no text: the database would keep another one, and it would differ from what is told next time. */
const shortened = (text: string, most: number): string =>
  text.length > most
    ? `${text
        .slice(0, most - 1)
        .replace(/\p{Cs}$/u, '')
        .toWellFormed()}…`
    : text.toWellFormed()

/**
 * A text of at most so many characters, and of what is longer its beginning with a mark. No Mastodon shows more; without a bound a few
 * hundred made ones would be more than an answer can hold. What no page could draw in time is left out of it.
 */
export const cut = (most: number) => z.string().overwrite(text => levelled(shortened(text, most)))

/** What names an account or a server is never cut, or two would have one name: an item with a longer one is set aside. */
export const username = z.string().max(2048)
/** Told with its server in its own letters; here with A-labels, like every other domain. */
export const acct = z
  .string()
  .max(2304)
  .overwrite(told => {
    const [name = '', domain] = told.split('@')
    return domain === undefined ? told : `${name}@${domainToASCII(domain) || domain}`
  })
/** A domain as the server writes it; longer ones are none. */
export const domain = z.string().max(255)

/** Names and titles. */
export const name = cut(2048)
/** What people write about themselves or to moderators. */
export const words = cut(65_536)
/** A post: other software writes long ones. It is levelled where it is read, since evidence is kept as it was told. */
export const content = z.string().overwrite(text => shortened(text, 262_144))
/** An address that is longer is none. */
export const address = z.string().max(4096).nullish().catch(null)
