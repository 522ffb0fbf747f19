import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const out = resolve('out/main')
const chunkOf = (name: string) =>
  join(out, 'chunks', readdirSync(join(out, 'chunks')).find(file => file.startsWith(`${name}-`)) ?? '')

/** The bytes of code that a thread has loaded when it begins with these built files: they and all that they import at once. */
const loaded = (...files: string[]): { bytes: number; code: string } => {
  const seen = new Set<string>()
  const follow = (file: string): string => {
    if (seen.has(file)) return ''
    seen.add(file)
    const text = readFileSync(file, 'utf8')
    const imported = [...text.matchAll(/^(?:import|export) [^;]*?["'](\.[^"']+)["'];/gm)].map(match => match[1] ?? '')
    return text + imported.map(path => follow(join(dirname(file), path))).join('')
  }
  const code = files.map(follow).join('')
  return { bytes: code.length, code }
}

/** A word of a noun that neither a second worker nor a door has a use for. */
const ofThePage = /var trends = \{/

test('the second worker loads no network, no HTML reader and no words of the page', () => {
  const engine = loaded(join(out, 'engine.js'), chunkOf('engine'))
  expect(engine.code).toMatch(ofThePage)
  expect(engine.code).toMatch(/createRestAPIClient/)
  const beside = loaded(
    join(out, 'engine.js'),
    ...readdirSync(join(out, 'chunks'))
      .filter(name => name.startsWith('tasks-'))
      .map(name => join(out, 'chunks', name)),
  )
  expect(beside.code).toContain('quick_check')
  expect(beside.code).not.toMatch(/createRestAPIClient/)
  expect(beside.code).not.toMatch(ofThePage)
  expect(beside.bytes).toBeLessThan(engine.bytes / 3)
})

test('the thread of a door loads its own words to the engine, and not the page’s', () => {
  const door = loaded(join(out, 'web.js'), chunkOf('open-here'))
  expect(door.code).toContain('servers.finishSignIn')
  expect(door.code).not.toMatch(ofThePage)
})
