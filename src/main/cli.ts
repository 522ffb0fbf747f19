/** The command line, all but `howdah web` (`web.ts`). */
import '../shared/jitless.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { say } from '../shared/messages/say.ts'
import { runCommand } from './doors/cli/run.ts'
import { speakAsHere } from './doors/language.ts'

const here = import.meta.dirname
const root = join(here, '../..')

const version = () => /"version": "([^"]+)"/.exec(readFileSync(join(root, 'package.json'), 'utf8'))?.[1] ?? ''

// `howdah reports | head` closes the pipe early: that is no failure. A full disk is.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit(0)
  process.stderr.write(`${say('cli.not-written', { sys: code ?? '' })}\n`)
  process.exit(1)
})
// Whoever watched may go (`howdah sync 2>&1 | head`): the work goes on.
process.stderr.on('error', () => {})

await speakAsHere()

process.exitCode = await runCommand({
  argv: process.argv.slice(2),
  print: {
    out: text => void process.stdout.write(text),
    note: text => void process.stderr.write(text),
    columns: process.stdout.columns,
  },
  stdin: process.stdin,
  enginePath: join(here, 'engine.js'),
  root,
  version: version(),
})
process.stdin.unref?.()
