/** A value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

const byUtf16 = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * The one text of a value (RFC 8785): no blanks, names sorted by UTF-16 code units, numbers and strings as ECMAScript writes
 * them. Throws on what has no such text: not a number, infinite, or half of a surrogate pair.
 */
export const canonical = (value: Json): string => {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') {
    if (/\p{Cs}/u.test(value)) throw new TypeError('half of a surrogate pair has no canonical text')
    return JSON.stringify(value)
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('only finite numbers have a canonical text')
    return JSON.stringify(value)
  }
  if (isList(value)) return `[${value.map(canonical).join(',')}]`
  const names = Object.keys(value).sort(byUtf16)
  return `{${names.map(name => `${canonical(name)}:${canonical(value[name] ?? null)}`).join(',')}}`
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
const escaped = (unsafe: string) =>
  [...Array(unsafe.length).keys()].map(i => `\\u${unsafe.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')
/** Most texts are plain: a look at that is far cheaper than the search for each kind of character. */
const PLAIN = /^[ -~]*$/

/**
 * A JSON text with every control, separator and direction character escaped: the same value, which a terminal or editor shows as
 * one plain line.
 */
export const inert = (json: string): string => (PLAIN.test(json) ? json : json.replace(UNSAFE, escaped))
