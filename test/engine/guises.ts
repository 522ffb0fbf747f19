import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A secret as it may lie somewhere: plain, in two bytes a letter, backwards, in hex, and in base64 at each of the three ways it can fall. */
export const guises = (secret: string): Buffer[] => {
  const bytes = Buffer.from(secret)
  const cores = [0, 1, 2].map(lead => {
    const text = Buffer.concat([Buffer.alloc(lead), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    return text.slice(Math.ceil((lead * 4) / 3) + (lead > 0 ? 1 : 0), -2)
  })
  const urlSafe = cores.map(core => core.replaceAll('+', '-').replaceAll('/', '_'))
  const texts = [secret, [...secret].reverse().join(''), bytes.toString('hex'), ...cores, ...urlSafe]
  return [...texts.map(text => Buffer.from(text)), Buffer.from(secret, 'utf16le')]
}

/** Every file below a folder. */
export const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(name => statSync(name, { throwIfNoEntry: false })?.isFile())
