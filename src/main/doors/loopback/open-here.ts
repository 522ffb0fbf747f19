import '../../../shared/jitless.ts'
import { createInterface } from 'node:readline'
import { Failure } from '../../../shared/contract/failure.ts'
import { faultLine } from '../../../shared/fault-text.ts'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import { commands } from '../cli/commands.ts'
import { commandHelp } from '../cli/help.ts'
import { hear, type Words } from '../cli/words.ts'
import { chooseFolder } from '../data-folder.ts'
import { speakAsHere } from '../language.ts'
import { startSampleBeside } from '../sample-beside.ts'
import { openBrowser } from './open-browser.ts'
import { mayRead } from './terminal.ts'
import { openWebDoor, type WebDoor } from './web-door.ts'

const tell = (line: string) => void process.stderr.write(`${line}\n`)

const sentenceOf = (error: unknown, port: number): string => {
  if (error instanceof Failure) return sayFailure(error)
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE' || code === 'EACCES') return say('door.port-taken', { port })
  return code === 'ENOENT' ? say('door.no-page') : `${say('failure.internal')} ${faultLine(error)}`
}

const announce = async (address: string, words: Words) => {
  // Scripts read this line, so it is the same in every language.
  process.stdout.write(`Howdah is open at ${address}\n`)
  if (!words.has('no-open')) await openBrowser(address)
}

/** Until a signal, the end of who started us, or Ctrl+C. */
const stayOpen = (door: WebDoor) => {
  const lines = mayRead() ? createInterface({ input: process.stdin }) : undefined
  lines?.on('line', () => tell(say('door.new-code', { address: door.newAddress() })))
  if (lines && process.stdin.isTTY) tell(say('door.enter'))
  let closing = false
  const close = () => {
    if (closing) return
    closing = true
    lines?.close()
    void door.close().then(unsent => {
      if (unsent > 0) tell(say('door.kept', { left: unsent }))
      process.exit(0)
    })
  }
  // Not SIGHUP: under nohup it is ignored, and hearing it would undo that.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, close)
  // `bin/howdah.mjs` holds a channel to us, so that we end with it however it ends.
  process.on('disconnect', close)
  process.channel?.unref()
}

/** Where the built engine and the built page are. */
export type Built = { enginePath: string; pageFolder: string }

const open = async (words: Words, built: Built) => {
  const port = words.number('port') ?? 0
  const sample = words.has('sample')
  const door = await openWebDoor({
    ...built,
    choice: chooseFolder({ data: words.text('data'), sample }),
    port,
    startSample: sample ? startSampleBeside : undefined,
    tell,
  }).catch((error: unknown) => {
    tell(sentenceOf(error, port))
    process.exit(1)
  })
  if ('elsewhere' in door) return announce(door.elsewhere, words)
  stayOpen(door)
  const announced = announce(door.address, words)
  // The browser is on its way while the engine still reads its modules; rarely that ends in a failure.
  const failure = await door.ready()
  if (failure) {
    tell(sayFailure(failure))
    await door.close()
    process.exit(1)
  }
  await announced
}

/**
 * Does what `howdah web` was told by the words after `howdah`. Standard output carries one line, the address; everything else goes to
 * standard error.
 */
export const openHere = async (
  built: Built,
  argv: readonly string[] = ['web', ...process.argv.slice(2)],
): Promise<void> => {
  // Whoever read what we say may go: a desk with decisions under way does not end of that.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  await speakAsHere()
  const heard = hear(argv, commands)
  if ('words' in heard) await open(heard.words, built)
  else if ('wrong' in heard) {
    tell(heard.wrong)
    process.exitCode = 2
  } else if ('help' in heard && heard.help) process.stdout.write(`${commandHelp(heard.help)}\n`)
}
