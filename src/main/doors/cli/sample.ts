import { say } from '../../../shared/messages/say.ts'
import type { Printer } from './session.ts'
import type { Words } from './words.ts'

/** The options of a sample server as the words give them. Nothing when `--now` is no time. */
const optionsOf = (words: Words) => {
  const now = words.text('now')
  const at = now === undefined ? undefined : Date.parse(now)
  if (Number.isNaN(at)) return undefined
  const given = {
    port: words.number('port'),
    seed: words.number('seed'),
    reports: words.number('reports'),
    accounts: words.number('accounts'),
    stateFile: words.text('state'),
    release: words.text('release'),
    faults: words.text('faults'),
    jobDelay: words.number('job-delay'),
    think: words.number('think'),
    mediaBase: words.text('media'),
    control: words.text('control'),
    now: at,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

/** Until a signal, or the end of who started us. */
const untilTold = () =>
  new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
    process.once('disconnect', () => resolve())
    process.channel?.unref()
  })

/** `howdah sample`: runs until it is told to end. 2 when an option does not fit, 1 when it cannot listen. */
export const runSample = async (words: Words, print: Printer): Promise<number> => {
  const options = optionsOf(words)
  if (!options) {
    print.note(`${say('cli.wrong.time', { option: 'now' })}\n`)
    return 2
  }
  // Loaded only here: the world's texts would slow every other command.
  const { startSampleServer } = await import('../../sample/server.ts')
  const server = await startSampleServer(options).catch((error: unknown) => {
    if (!(error instanceof Error)) throw error
    const isTaken = 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES') && 'port' in error
    print.note(`${isTaken ? say('door.port-taken', { port: words.number('port') ?? 0 }) : error.message}\n`)
    return error instanceof RangeError || error instanceof TypeError ? 2 : 1
  })
  if (typeof server === 'number') return server
  // Scripts read this line, so it is the same in every language.
  print.out(`Sample server at ${server.url}\n`)
  await untilTold()
  await server.close()
  return 0
}
