// What every start needs: the Node that Howdah runs on, and an output that is not older than its sources. Runs on Node 20 too.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const MAJOR = 24
const made = [
  'out/main/cli.js',
  'out/main/web.js',
  'out/main/index.js',
  'out/main/engine.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
]
const sources = ['src', 'electron.vite.config.ts', 'package-lock.json']

/** This Node where it is new enough, else the one that `npm ci` brought along. */
export const findNode = () => {
  if (Number(process.versions.node.split('.')[0]) >= MAJOR) return process.execPath
  const own = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(own)) return own
  console.error(
    `Howdah needs Node ${MAJOR} or newer; this is ${process.version}. Run "npm ci" first: it brings one along.`,
  )
  process.exit(1)
}

/**
 * What Node itself is told for the loopback door. Who knocks and is refused leaves short-lived memory behind: unbounded, Node holds a hundred
 * megabytes ready for that while somebody knocks. The bound is that of the engine's own thread, a third of `doors/engine-thread.ts`.
 */
export const doorBounds = ['--max-semi-space-size=8']
/** The words that start the loopback door, before its own. */
export const doorWords = [...doorBounds, join(root, 'out/main/web.js')]

const newest = path => {
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  return readdirSync(path).reduce((most, name) => Math.max(most, newest(join(path, name))), mtimeMs)
}

/** True when something of the output is missing or older than a source. An installed Howdah has no sources and is never stale. */
const isStale = () => {
  if (made.some(path => !existsSync(join(root, path)))) return true
  if (!existsSync(join(root, 'src'))) return false
  const oldest = Math.min(...made.map(path => statSync(join(root, path)).mtimeMs))
  return sources.some(path => existsSync(join(root, path)) && newest(join(root, path)) > oldest)
}

const sleep = ms => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

/** Only one start builds at a time; who finds another building waits for it. A lock older than a minute was left by one that died. */
const withLock = run => {
  const lock = join(root, 'node_modules/.cache/howdah/building')
  mkdirSync(dirname(lock), { recursive: true })
  for (;;) {
    try {
      mkdirSync(lock)
      break
    } catch {
      if (Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 60_000)
        rmSync(lock, { recursive: true, force: true })
      sleep(100)
    }
  }
  try {
    return run()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

/** Builds when that is needed; false when it cannot. Nothing is said unless it fails: standard output belongs to the command. */
export const build = node => {
  if (process.env.HOWDAH_BUILD === 'never' || !isStale()) return true
  return withLock(() => {
    if (!isStale()) return true
    const tool = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
    if (!existsSync(tool)) {
      console.error('Howdah is not built, and what builds it is not installed. Run "npm ci" first.')
      return false
    }
    const { status, stdout, stderr } = spawnSync(node, [tool, 'build'], { cwd: root, encoding: 'utf8' })
    if (status !== 0) process.stderr.write(`${stdout}${stderr}\nHowdah could not be built.\n`)
    return status === 0
  })
}
