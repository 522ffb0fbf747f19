// Runs scripts of package.json one after the other, by name or by prefix ("check:"), and stops at the first that fails.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const scripts = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).scripts)
const wanted = process.argv
  .slice(2)
  .flatMap(word => (word.endsWith(':') ? scripts.filter(s => s.startsWith(word)) : [word]))
if (wanted.length === 0) throw new Error('each.mjs: name a script or a prefix that ends with ":"')
for (const name of wanted) {
  const started = Date.now()
  const { status } = spawnSync('npm', ['run', '-s', name], { stdio: 'inherit', shell: process.platform === 'win32' })
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} ${((Date.now() - started) / 1000).toFixed(1)} s`)
  if (status !== 0) process.exit(status ?? 1)
}
