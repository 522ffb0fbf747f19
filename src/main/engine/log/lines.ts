import { closeSync, openSync, readSync } from 'node:fs'
import { inert } from './canonical.ts'
import { type Disclosed, readDisclosed } from './entry.ts'

/**
 * One line of a JSON Lines export: hash, signature, the personal values that are disclosed, and last the canonical text that the
 * hash covers, byte for byte. The order is part of the format, so that a line has exactly one way to be written.
 */
export type Line = { hash: string; signature: string; personal: Record<string, Disclosed>; text: Buffer }

/** What stands in the line: an entry's body, or the file's header. */
type Part = 'body' | 'header'

/** Salts and names need no escapes; names are few and sorted, so that a value has one way to be written. */
const disclosedText = (personal: Record<string, Disclosed>): string => {
  let text = ''
  for (const name of Object.keys(personal).sort()) {
    const one = personal[name]
    text += `${text === '' ? '' : ','}"${name}":{"salt":"${one?.salt}","value":${inert(JSON.stringify(one?.value))}}`
  }
  return text
}

const front = (hash: string, signature: string, personal: Record<string, Disclosed>, part: Part): string => {
  const text = disclosedText(personal)
  const disclosed = text === '' ? '' : `"personal":{${text}},`
  return `{"hash":"${hash}","signature":"${signature}",${disclosed}"${part}":`
}

/** Writes a line, without its end. */
export const writeLine = (
  part: Part,
  { hash, signature, personal, text }: Omit<Line, 'text'> & { text: string },
): string => `${front(hash, signature, personal, part)}${text}}`

const PLAIN = /^\{"hash":"([0-9a-f]{64})","signature":"([A-Za-z0-9+/]{86}==)","(?:body|header|personal)":/
const LONGEST_FRONT = 192

/** Where the personal values end: inside of a JSON text its quotes would be escaped. */
const PERSONAL_ENDS = '"}},"'

const personalIn = (line: Buffer, from: number): Record<string, Disclosed> | undefined => {
  const to = line.indexOf(PERSONAL_ENDS, from)
  if (to < 0) return undefined
  try {
    return readDisclosed(JSON.parse(line.toString('utf8', from, to + 3)))
  } catch {
    return undefined
  }
}

/** Reads a line; `undefined` when it is not written exactly as `writeLine` writes it. */
export const readLine = (part: Part, line: Buffer): Line | undefined => {
  if (line.at(-1) !== 0x7d) return undefined
  const [plain, hash, signature] = PLAIN.exec(line.toString('latin1', 0, LONGEST_FRONT)) ?? []
  if (plain === undefined || hash === undefined || signature === undefined) return undefined
  if (plain.endsWith(`"${part}":`)) return { hash, signature, personal: {}, text: line.subarray(plain.length, -1) }
  const personal = personalIn(line, plain.length)
  if (!personal) return undefined
  const expected = Buffer.from(front(hash, signature, personal, part))
  if (!line.subarray(0, expected.length).equals(expected)) return undefined
  return { hash, signature, personal, text: line.subarray(expected.length, -1) }
}

const CHUNK = 1 << 20
/** No entry comes near this; a file without line ends is not read into memory whole. */
const LONGEST_LINE = 8 << 20

/** The lines of a file, as bytes, without their ends. `undefined` for a line that never ends, or is too long to be one. */
export const linesOf = function* (file: string): Generator<Buffer | undefined> {
  const fd = openSync(file, 'r')
  try {
    let rest: Buffer = Buffer.alloc(0)
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK)
      const read = readSync(fd, chunk)
      if (read === 0) break
      const held = rest.length > 0 ? Buffer.concat([rest, chunk.subarray(0, read)]) : chunk.subarray(0, read)
      let from = 0
      for (let to = held.indexOf(10); to >= 0; to = held.indexOf(10, from)) {
        yield held.subarray(from, to)
        from = to + 1
      }
      rest = held.subarray(from)
      if (rest.length > LONGEST_LINE) break
    }
    if (rest.length > 0) yield undefined
  } finally {
    closeSync(fd)
  }
}
