#!/usr/bin/env node
// Carries Unicode's table of characters that look alike over into the engine: node bin/confusables.mjs confusables.txt
// The file: https://www.unicode.org/Public/security/latest/confusables.txt
import { readFileSync, writeFileSync } from 'node:fs'

const [from] = process.argv.slice(2)
if (!from) throw new Error('Name the file confusables.txt of Unicode.')
const text = readFileSync(from, 'utf8')
const version = /^# Version: ([\d.]+)/m.exec(text)?.[1]
if (!version) throw new Error('This is not Unicode’s confusables.txt.')

const hex = codes =>
  codes
    .trim()
    .split(/\s+/)
    .map(code => Number.parseInt(code, 16).toString(16))
    .join('+')
const bySkeleton = new Map()
for (const line of text.split('\n')) {
  const [source, target] = line.replace(/#.*/u, '').split(';')
  if (!source?.trim() || !target) continue
  bySkeleton.set(hex(target), [...(bySkeleton.get(hex(target)) ?? []), hex(source)])
}

const lines = ['']
for (const entry of [...bySkeleton].map(([target, sources]) => `${target}=${sources.join(',')}`))
  if (`${lines.at(-1)} ${entry}`.length > 1200) lines.push(entry)
  else lines.push(`${lines.pop()} ${entry}`.trim())

writeFileSync(
  new URL('../src/main/engine/lookalikes/confusables.ts', import.meta.url),
  `// Made by bin/confusables.mjs from Unicode’s confusables.txt ${version}.
// Copyright © 1991-2026 Unicode, Inc.; the licence is docs/licences/unicode.txt.

/** What looks like what (UTS #39): \`prototype=those,that look,like it\`, code points in hexadecimal, several joined by \`+\`. */
export const CONFUSABLES = \`
${lines.join('\n')}
\`
`,
)
