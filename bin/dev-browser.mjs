// For work on the desk: builds again at each change, and runs the loopback door on the sample server. Reload the page to see it.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { build, findNode, root } from './built.mjs'

const node = findNode()
build(node)
const watch = spawn(node, [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--watch'], {
  cwd: root,
  stdio: ['ignore', 2, 2],
})
let door
let again = false
const start = () => {
  door = spawn(
    node,
    [
      '--watch-path=out/main',
      '--watch-preserve-output',
      join(root, 'out/main/web.js'),
      '--sample',
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: 'inherit' },
  )
  door.on('exit', () => {
    if (!again) watch.kill()
  })
}
const end = () => {
  again = false
  door?.kill()
  watch.kill()
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, end)
start()
