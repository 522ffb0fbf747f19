// Runs scripts of package.json one after the other, by name or by prefix ("check:"). What fails is told at once, and the others are run
// all the same, so that one run shows everything; only without a build there is nothing to test.
// Where any of them ran tests it ends with a line that counts them all: "N passed, N failed".
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'

const scripts = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).scripts)
const wanted = process.argv
  .slice(2)
  .flatMap(word => (word.endsWith(':') ? scripts.filter(name => name.startsWith(word)) : [word]))
if (wanted.length === 0) throw new Error('each.mjs: name a script or a prefix that ends with ":"')

const counts = { passed: 0, failed: 0 }
let counted = false

/** Adds up the closing lines of vitest ("Tests  1 failed | 45 passed (46)") and Playwright ("45 passed (6.1s)"), also from within. */
const count = line => {
  const said =
    /^\s*Tests\s+(.*)\(\d+\)$/.exec(line)?.[1] ?? /^\s+(\d+ (?:passed|failed))(?: \([\d.]+m?s?\))?$/.exec(line)?.[1]
  if (said === undefined) return
  counted = true
  for (const [, number, what] of said.matchAll(/(\d+) (passed|failed)/g)) counts[what] += Number(number)
}

const run = name =>
  new Promise(resolve => {
    const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
    const child = spawn('npm', ['run', '-s', name], {
      stdio: ['inherit', 'pipe', 'inherit'],
      env: { ...process.env, ...colour },
      shell: process.platform === 'win32',
    })
    let rest = ''
    child.stdout.setEncoding('utf8').on('data', text => {
      process.stdout.write(text)
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) count(stripVTControlCharacters(line))
    })
    child.on('close', code => resolve(code ?? 1))
  })

let failed = 0
for (const name of wanted) {
  const started = Date.now()
  const code = await run(name)
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} ${((Date.now() - started) / 1000).toFixed(1)} s`)
  failed ||= code
  if (code !== 0 && name === 'build') break
}
if (counted) console.log(`${counts.passed} passed, ${counts.failed} failed`)
process.exit(failed)
