// The desktop; where Electron cannot be had, the same desk in the browser, with one line that says so.
import { spawnSync } from 'node:child_process'
import { lookup } from 'node:dns/promises'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build, doorWords, findNode, root } from './built.mjs'
import { handOver } from './hand-over.mjs'

const place = join(root, 'node_modules/electron')
const FETCH_MS = 180_000
const LOOKUP_MS = 1500

const electron = () => {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const words = existsSync(join(place, 'path.txt')) ? readFileSync(join(place, 'path.txt'), 'utf8') : ''
  const path = words === '' ? '' : join(override ?? join(place, 'dist'), words)
  return path !== '' && existsSync(path) ? path : undefined
}

const lookUp = () => {
  if (process.env.HTTPS_PROXY || process.env.https_proxy || process.env.ALL_PROXY) return Promise.resolve(true)
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/'
  return lookup(new URL(mirror).hostname).then(
    () => true,
    () => false,
  )
}

/** Has Electron's own installer fetch the binary. A closed network is told by the name that has no address: a download says so only after minutes. */
const fetchElectron = async (node, found) => {
  const isReachable = await Promise.race([found, new Promise(resolve => setTimeout(resolve, LOOKUP_MS, false))])
  if (!isReachable) return 'its place has no address on this network'
  console.error('Fetching Electron, once (about 110 MB) …')
  const options = { cwd: root, encoding: 'utf8', timeout: FETCH_MS, stdio: ['ignore', 'ignore', 'pipe'] }
  const { status, stderr } = spawnSync(node, [join(place, 'install.js')], options)
  return status === 0 ? '' : (stderr.trim().split('\n')[0] ?? 'the installer failed')
}

const node = findNode()
const words = process.argv.slice(2)
// Tried once an installation, so that later starts are quick.
const note = join(root, 'node_modules/.cache/howdah/electron-not-fetched')
const isToTry = !electron() && existsSync(join(place, 'install.js')) && !existsSync(note)
// The name is looked up while the build runs.
const found = isToTry ? lookUp() : undefined
if (!build(node)) process.exit(1)
if (found) {
  const failed = await fetchElectron(node, found)
  if (failed !== '' || !electron()) {
    mkdirSync(dirname(note), { recursive: true })
    writeFileSync(note, `${new Date().toISOString()} ${failed}\n`)
  }
}
const program = electron()
if (program) handOver(program, [root, ...words])
else {
  console.error(
    'Electron is not here and could not be fetched, so Howdah opens in the browser. ("npx install-electron --no" fetches it later.)',
  )
  handOver(node, [...doorWords, ...words])
}
