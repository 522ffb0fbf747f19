import { say, sayCode } from '../../../../shared/messages/say.ts'
import { list, moment, span } from '../../ui/format.ts'

/** A fact by its name for people; one that a later release wrote has none yet, and stands as it is called. */
export const factName = (name: string): string => {
  const code = `fact.${name}`
  const said = sayCode(code)
  return said === code ? name : said
}

const MOMENTS: readonly string[] = ['from', 'to', 'until', 'resolvedAt', 'expiresAt', 'lostFrom']
/** Before this there was no Mastodon: a smaller number is no moment. */
const FIRST_MOMENT = Date.UTC(2016, 0)

/** A value that is a code of ours, in words: `waits for your word`. What servers or people wrote stands as it is. */
const namedValue = (name: string, value: string): string => {
  const code = `fact.${name}.${value}`
  const said = sayCode(code)
  return said === code ? value : said
}

/** A fact as text: lists by their parts, nested facts as `name: value`, moments and times as people read them, codes as sentences. */
export const factText = (value: unknown, name = ''): string => {
  if (value === null || value === undefined) return '–'
  if (Array.isArray(value)) return value.length === 0 ? '–' : list(value.map(one => factText(one)))
  if (typeof value === 'object')
    return list(Object.entries(value).map(([inner, one]) => `${factName(inner)}: ${factText(one, inner)}`))
  if (typeof value === 'boolean') return say(value ? 'log.true' : 'log.false')
  if (typeof value === 'number' && MOMENTS.includes(name) && value >= FIRST_MOMENT) return moment(value)
  if (typeof value === 'number' && name === 'graceMs') return span(value)
  return name === 'why' ? sayCode(String(value)) : namedValue(name, String(value))
}

const IN_SENTENCE: readonly string[] = ['kind', 'report', 'account', 'decision', 'note', 'entries', 'format', 'setting']

/** What was stands before what is; in the log names are in the order of letters. */
const rank = (name: string) => ['before', 'after'].indexOf(name) + 1 || 3

/** The facts worth a line: what says nothing, or stands in the sentence already, is left out. */
export const factPairs = (facts: Readonly<Record<string, unknown>>): [string, unknown][] =>
  Object.entries(facts)
    .filter(([name, value]) => !IN_SENTENCE.includes(name) && value !== null && value !== '' && value !== undefined)
    .sort(([one], [other]) => rank(one) - rank(other))
