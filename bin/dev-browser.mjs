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
const words = [
  '--watch-path=out/main',
  '--watch-preserve-output',
  join(root, 'out/main/web.js'),
  '--sample',
  ...process.argv.slice(2),
]
const door = spawn(node, words, { cwd: root, stdio: 'inherit' })
door.on('exit', () => watch.kill())
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    door.kill()
    watch.kill()
  })
