import { say } from '../../../../shared/messages/say.ts'
import { list } from '../../ui/format.ts'

/** A fact as text: lists by their parts, nested facts as `name: value`. */
export const factText = (value: unknown): string => {
  if (value === null || value === undefined) return '–'
  if (Array.isArray(value)) return value.length === 0 ? '–' : list(value.map(factText))
  if (typeof value === 'object')
    return list(Object.entries(value).map(([name, inner]) => `${name}: ${factText(inner)}`))
  if (typeof value === 'boolean') return say(value ? 'log.true' : 'log.false')
  return String(value)
}

const IN_SENTENCE: readonly string[] = ['kind', 'report', 'account', 'decision', 'note', 'entries', 'format']

/** The facts worth a line: what says nothing, or stands in the sentence already, is left out. */
export const factPairs = (facts: Readonly<Record<string, unknown>>): [string, unknown][] =>
  Object.entries(facts).filter(
    ([name, value]) => !IN_SENTENCE.includes(name) && value !== null && value !== '' && value !== undefined,
  )
