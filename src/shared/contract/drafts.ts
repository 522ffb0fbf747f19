import { z } from 'zod'
import { command, query } from './method.ts'

/**
 * What a text is being written for: a note, a decision or a batch with its words, the block of a domain or of sign-ups, what is said about a
 * campaign, the reason of a snooze, a template, the address of a server to sign in to. Secrets are no drafts (passphrases, codes, tokens), nor is
 * what is asked for only to be sure, nor a search.
 */
const For = z.enum(['note', 'decision', 'batch', 'domain', 'block', 'campaign', 'snooze', 'template', 'sign-in'])

/** Something that is being written: `key` as the page that writes it knows it, `words` by the name of their field. */
export const Draft = z.object({
  of: For,
  key: z.string().min(1).max(400),
  words: z
    .record(z.string().regex(/^[a-z]{1,20}$/), z.string().max(8_000))
    .refine(words => Object.keys(words).length <= 8),
})
export type Draft = z.infer<typeof Draft>

/**
 * What somebody is writing and has neither kept nor sent. The vault holds it, so that no death of a page or an engine loses it; it goes when it
 * is kept, sent or cleared, with the person whom it is about, and after a month; no backup and no export has it.
 */
export const drafts = {
  /** All that are held. The topic tells of those that others let go, never of what a page keeps: it knows what it wrote. */
  'drafts.list': query(z.object({}), z.object({ drafts: z.array(Draft) }), ['drafts'] as const),
  /** Holds it in the place of what was held before; without words it is let go. */
  'drafts.keep': command(Draft, z.object({})),
}
