// The desktop; where Electron cannot be had, the same desk in the browser, with one line that says so.
import { spawnSync } from 'node:child_process'
import { lookup } from 'node:dns/promises'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build, findNode, root } from './built.mjs'
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

/** Whether the place that Electron comes from has an address at all: a closed network says no at once, a download only after minutes. */
const isReachable = async () => {
  if (process.env.HTTPS_PROXY || process.env.https_proxy || process.env.ALL_PROXY) return true
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/'
  const found = lookup(new URL(mirror).hostname).then(
    () => true,
    () => false,
  )
  return await Promise.race([found, new Promise(resolve => setTimeout(resolve, LOOKUP_MS, false))])
}

/** Has Electron's own installer fetch the binary: once an installation, so that later starts are quick. */
const fetchElectron = async node => {
  const installer = join(place, 'install.js')
  const note = join(root, 'node_modules/.cache/howdah/electron-not-fetched')
  if (!existsSync(installer) || existsSync(note)) return
  let reason = 'its place has no address on this network'
  if (await isReachable()) {
    console.error('Fetching Electron, once (about 110 MB) …')
    const { status, stderr } = spawnSync(node, [installer], {
      cwd: root,
      encoding: 'utf8',
      timeout: FETCH_MS,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    if (status === 0 && electron()) return
    reason = stderr.trim().split('\n')[0] ?? 'the installer failed'
  }
  mkdirSync(dirname(note), { recursive: true })
  writeFileSync(note, `${new Date().toISOString()} ${reason}\n`)
}

const node = findNode()
const words = process.argv.slice(2)
if (!electron()) await fetchElectron(node)
build(node)
const program = electron()
if (program) handOver(program, [root, ...words])
else {
  console.error(
    'Electron is not here and could not be fetched, so Howdah opens in the browser. ("npx install-electron --no" fetches it later.)',
  )
  handOver(node, [join(root, 'out/main/web.js'), ...words])
}
