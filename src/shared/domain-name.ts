import { visibleControls } from './visible-text.ts'

/** RFC 3492, section 5. */
const [BASE, T_MIN, T_MAX, SKEW, DAMP, FIRST_BIAS, FIRST_CODE] = [36, 1, 26, 38, 700, 72, 128]
const LAST_CODE = 0x10ffff

const digitOf = (char: string): number =>
  /^[a-z]$/.test(char) ? char.charCodeAt(0) - 97 : Number.parseInt(char, 10) + 26

const nextBias = (delta: number, count: number, first: boolean): number => {
  let left = first ? Math.floor(delta / DAMP) : Math.floor(delta / 2)
  left += Math.floor(left / count)
  let bias = 0
  for (; left > ((BASE - T_MIN) * T_MAX) / 2; bias += BASE) left = Math.floor(left / (BASE - T_MIN))
  return bias + Math.floor(((BASE - T_MIN + 1) * left) / (left + SKEW))
}

/** The letters that punycode stands for (RFC 3492), without its `xn--`; null for what stands for none. */
const decode = (encoded: string): string | null => {
  if (!/^[a-z0-9-]+$/.test(encoded)) return null
  const end = encoded.lastIndexOf('-')
  const codes = [...encoded.slice(0, Math.max(0, end))].map(char => char.charCodeAt(0))
  const digits = encoded.slice(end + 1)
  let [code, place, bias] = [FIRST_CODE, 0, FIRST_BIAS]
  for (let at = 0; at < digits.length; ) {
    const before = place
    for (let [weight, k] = [1, BASE]; ; k += BASE) {
      const digit = digitOf(digits[at++] ?? '-')
      if (Number.isNaN(digit) || place > Number.MAX_SAFE_INTEGER - digit * weight) return null
      place += digit * weight
      const threshold = Math.min(T_MAX, Math.max(T_MIN, k - bias))
      if (digit < threshold) break
      weight *= BASE - threshold
    }
    bias = nextBias(place - before, codes.length + 1, before === 0)
    code += Math.floor(place / (codes.length + 1))
    place %= codes.length + 1
    if (code > LAST_CODE || (code >= 0xd800 && code <= 0xdfff)) return null
    codes.splice(place++, 0, code)
  }
  return String.fromCodePoint(...codes)
}

/** Letters that a domain can hold as they are, none of them unseen: whatever else an encoding stands for was made by hand. */
const isPlain = (letters: string): boolean =>
  /[^\u0020-\u007e]/.test(letters) &&
  letters.normalize('NFKC').toLowerCase() === letters &&
  visibleControls(letters) === letters &&
  !/[\s./@:?#\\[\]]/u.test(letters)

const readLabel = (label: string): string | null => {
  if (!label.startsWith('xn--')) return label
  const letters = decode(label.slice('xn--'.length))
  return letters !== null && isPlain(letters) ? letters : null
}

/** A domain in the letters of its language, `bücher.example`, for beside its A-labels; null where they are its letters, or stand for none. */
export const inLetters = (domain: string): string | null => {
  const name = domain.toLowerCase()
  if (!name.includes('xn--')) return null
  const labels = name.split('.').map(readLabel)
  return labels.includes(null) ? null : labels.join('.')
}

/** What stands beside a domain in A-labels, or what ends in one after an `@`: ` (bücher.example)`; nothing beside one in its own letters. */
export const lettersOf = (domain: string): string => {
  const letters = inLetters(domain.slice(domain.lastIndexOf('@') + 1))
  return letters === null ? '' : ` (${letters})`
}

/** A domain as plain text: `xn--bcher-kva.example (bücher.example)`, with nothing unseen in it. */
export const domainText = (domain: string): string => visibleControls(domain) + lettersOf(domain)
