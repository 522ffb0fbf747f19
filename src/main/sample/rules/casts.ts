/** How Rails reads what clients send: booleans, integers and dates (contract K.9, E.2). */
import { badDate } from './refusals.ts'

const falseWords = new Set(['false', 'FALSE', 'f', 'F', '0', 'off', 'OFF'])

/** A boolean parameter: null when blank or absent, false for the seven false words, true for everything else (also `False`). */
export function castBoolean(value: unknown): boolean | null {
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'boolean') return value
  return !(value === 0 || falseWords.has(String(value)))
}

/** Something was sent and is not blank (`present?`). */
export function isPresent(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false
  if (typeof value === 'string') return value.trim() !== ''
  if (Array.isArray(value)) return value.length > 0
  return typeof value === 'object' ? Object.keys(value).length > 0 : true
}

/** The leading integer of a text, 0 when there is none: `String#to_i`. */
export function leadingInteger(value: unknown): bigint {
  const digits = /^\s*([+-]?\d+)/.exec(String(value ?? ''))?.[1]
  return digits === undefined ? 0n : BigInt(digits)
}

const largest = 2n ** 63n

/** True when a 64-bit column can hold the number. */
export function fits64Bits(value: bigint): boolean {
  return value < largest && value >= -largest
}

/** A text parameter, or null: numbers and booleans become text, lists and objects do not. */
export function castText(value: unknown): string | null {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : null
}

/** Milliseconds of a date or date and time (UTC where no zone is said). Throws the 422 of an unparseable date. */
export function castTime(value: unknown): number {
  const text = String(value).trim()
  const bare = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/.test(text)
  const time = Date.parse(bare && text.length > 10 ? `${text.replace(' ', 'T')}Z` : text)
  if (Number.isNaN(time) || !/\d{4}/.test(text)) throw badDate()
  return time
}
