// Runs a program in our place: same terminal, same signals, same exit code. It learns over a channel when we end, however we end.
import { spawn } from 'node:child_process'

export const handOver = (program, words, env = process.env) => {
  const child = spawn(program, words, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env })
  // A terminal tells the whole group; what is sent to us alone is passed on.
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT')
  })
  child.on('error', error => {
    console.error(String(error))
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}
