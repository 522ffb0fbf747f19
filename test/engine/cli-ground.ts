import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { runCommand } from '../../src/main/doors/cli/run.ts'

/** The built engine, since each command starts one: from sources that takes three times as long. */
export const enginePath = resolve('out/main/engine.js')

/** Runs a command in this process on a data folder: what it printed, and its exit code. */
export const runHere = async (line: string, folder: string, stdin = '') => {
  const said = { out: '', note: '' }
  const print = {
    out: (text: string) => {
      said.out += text
    },
    note: (text: string) => {
      said.note += text
    },
    columns: undefined,
  }
  const argv = line.includes('--data ') ? line.split(' ') : [...line.split(' '), '--data', folder]
  const code = await runCommand({
    argv,
    print,
    stdin: Readable.from([stdin]),
    enginePath,
    root: resolve('.'),
    version: '0',
  })
  return { ...said, code }
}
