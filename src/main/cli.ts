/** The command line, all but `howdah web` (`web.ts`). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from './doors/cli/run.ts'
import { speakAsHere } from './doors/language.ts'

const here = import.meta.dirname
const root = join(here, '../..')

const version = () => /"version": "([^"]+)"/.exec(readFileSync(join(root, 'package.json'), 'utf8'))?.[1] ?? ''

// `howdah reports | head` closes the pipe early: that is no failure.
process.stdout.on('error', () => process.exit(0))

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
