import { createHash } from 'node:crypto'
import { isIPv4, isIPv6 } from 'node:net'

/** What a person who signed up told, as far as others may share it. */
export type Told = { username: string; email: string | null; address: string | null; reason: string | null }

/** What may be shared; null where there is nothing to share. `reason` is a hash, so that texts are not kept twice. */
export type Patterns = { mail: string | null; range: string | null; reason: string | null; shape: string | null }

/** Shorter texts, such as "hello", say nothing when two write them. */
const LEAST_LETTERS = 8

/** Groups of an IPv6 address, `::` filled in; null for what is none. */
const groupsOf = (address: string): string[] | null => {
  if (!isIPv6(address)) return null
  const [head = '', tail] = address.toLowerCase().replace(/%.*$/, '').split('::')
  const parts = (text: string) => (text === '' ? [] : text.split(':'))
  const [front, back] = [parts(head), parts(tail ?? '')]
  const missing = Math.max(0, 8 - front.length - back.length)
  return [...front, ...Array.from({ length: tail === undefined ? 0 : missing }, () => '0'), ...back].map(group =>
    group.replace(/^0+(?=.)/, ''),
  )
}

/** The /24 or /48 that an address lies in: `203.0.113.0/24`, `2001:db8:77::/48`. Null for what is no address. */
export const rangeOf = (address: string): string | null => {
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address
  if (isIPv4(v4)) return `${v4.split('.').slice(0, 3).join('.')}.0/24`
  const groups = groupsOf(address)
  return groups && `${groups.slice(0, 3).join(':')}::/48`
}

/** A range as people see it beside a name: `203.0.113.•••`. */
export const maskOf = (range: string): string => range.replace(/0\/24$/, '•••').replace(/::\/48$/, ':•••')

const mailOf = (email: string): string | null => {
  const at = email.lastIndexOf('@')
  return at < 1 || at === email.length - 1 ? null : email.slice(at + 1).toLowerCase()
}

/** The same words are the same reason, whatever the case, the signs and the spaces. */
const reasonOf = (text: string): string | null => {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return [...plain].length < LEAST_LETTERS ? null : createHash('sha256').update(plain).digest('hex').slice(0, 16)
}

/** Letters and then at least three digits: `anna4821` is `4`, by how many digits. */
const shapeOf = (username: string): string | null => {
  const digits = /^[a-z][a-z_.]*?(\d{3,})$/i.exec(username)?.[1]
  return digits === undefined ? null : String(digits.length)
}

/** What a person who signed up may share with others. */
export const patternsOf = ({ username, email, address, reason }: Told): Patterns => ({
  mail: email === null ? null : mailOf(email),
  range: address === null ? null : rangeOf(address),
  reason: reason === null ? null : reasonOf(reason),
  shape: shapeOf(username),
})
