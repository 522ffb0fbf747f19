// For work on the desk: runs the loopback door on the sample server; at each change it ends, is built again and prints a new address.
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { build, doorWords, findNode, root } from './built.mjs'

const QUIET_MS = 300
const node = findNode()
let door
let ending = false

const start = () => {
  // What cannot be built waits for the next change.
  if (!build(node)) return
  const words = [...doorWords, '--sample', ...process.argv.slice(2)]
  door = spawn(node, words, { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
}
/** The door goes first: a build takes its files away under it. */
const stop = then => {
  if (!door || door.exitCode !== null || door.signalCode !== null) return then()
  door.once('exit', then)
  door.kill()
}

let timer
watch(join(root, 'src'), { recursive: true }, () => {
  clearTimeout(timer)
  timer = setTimeout(() => ending || stop(start), QUIET_MS)
})
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    ending = true
    stop(() => process.exit(0))
  })
start()
