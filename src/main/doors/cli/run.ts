import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { Failure } from '../../../shared/contract/failure.ts'
import type { Engine } from '../../../shared/contract/index.ts'
import { faultText } from '../../../shared/fault-text.ts'
import { connectThrough } from '../begin.ts'
import { chooseFolder, prepareFolder } from '../data-folder.ts'
import { speakAsChosen } from '../language.ts'
import { keyFileSecrets } from '../loopback/secrets.ts'
import { type EngineDoor, openEngine } from '../open-engine.ts'
import { listAccounts } from './accounts.ts'
import { backUp, restore } from './backup.ts'
import { listBlocks } from './blocks.ts'
import { commands } from './commands.ts'
import { doctor } from './doctor.ts'
import { eraseFromLog } from './erase.ts'
import { handOver } from './handover.ts'
import { commandHelp, wholeHelp } from './help.ts'
import { exportLog, showLog, verifyLog } from './log.ts'
import { listReports } from './reports.ts'
import { runSample } from './sample.ts'
import { listServers, signOut } from './servers.ts'
import type { Printer, Run } from './session.ts'
import { signIn } from './sign-in.ts'
import { listSignups } from './signups.ts'
import { syncNow } from './sync.ts'
import { plainFailure } from './table.ts'
import { hear, type Words } from './words.ts'

const runs: Readonly<Record<string, Run>> = {
  signin: signIn,
  signout: signOut,
  servers: listServers,
  sync: syncNow,
  reports: listReports,
  signups: listSignups,
  accounts: listAccounts,
  blocks: listBlocks,
  log: showLog,
  'log export': exportLog,
  'log erase': eraseFromLog,
  'log verify': verifyLog,
  handover: handOver,
  backup: backUp,
  restore,
  doctor,
}

/** What the composition root gives the command line. */
export type Given = {
  argv: readonly string[]
  print: Printer
  stdin: Readable
  enginePath: string
  root: string
  version: string
}

/** What to do with words that name no run: help, version, or a sentence about what cannot be understood. */
const settle = ({ argv, print, version }: Given): Words | number => {
  const heard = hear(argv, commands)
  if ('words' in heard) return heard.words
  if ('wrong' in heard) {
    print.note(`${heard.wrong}\n`)
    return 2
  }
  if ('version' in heard) print.out(`${version}\n`)
  else print.out(`${heard.help ? commandHelp(heard.help) : wholeHelp(commands)}\n`)
  return 0
}

/** Opens the engine when a command first asks for it, and closes it after. */
const lazyEngine = (enginePath: string, folder: string, onFault: (error: unknown) => void) => {
  let door: EngineDoor | undefined
  let engine: Engine | undefined
  return {
    get: async () => {
      if (engine) return engine
      const real = await prepareFolder(folder)
      door = openEngine({ enginePath, folder: real, from: 'cli', secrets: keyFileSecrets(real), onFault })
      engine = await connectThrough(door)
      await speakAsChosen(engine)
      return engine
    },
    close: async () => {
      engine?.close()
      await door?.close()
    },
  }
}

/**
 * Ctrl+C, or a service that is stopped: the engine still ends what it is writing and takes away what it had only begun, and then the
 * signal does what it does. A second one does it at once.
 */
const hearSignals = () => {
  const signals = ['SIGINT', 'SIGTERM'] as const
  let given: (typeof signals)[number] | undefined
  let hear = (_signal: (typeof signals)[number]) => {}
  const comes = new Promise<number>(resolve => {
    hear = signal => {
      for (const each of signals) process.off(each, hear)
      given = signal
      resolve(1)
    }
  })
  for (const signal of signals) process.on(signal, hear)
  return {
    comes,
    end: () => {
      for (const signal of signals) process.off(signal, hear)
      if (given) process.kill(process.pid, given)
    },
  }
}

/** Runs one command and answers its exit code: 0 done, 1 failed with one sentence on standard error, 2 wrong use. */
export const runCommand = async (given: Given): Promise<number> => {
  const words = settle(given)
  if (typeof words === 'number') return words
  if (words.command === 'sample') return runSample(words, given.print)
  if (words.command === 'web') {
    // As in `howdah --data DIR web`; loaded only here, since no other command has a page.
    const { openHere } = await import('../loopback/open-here.ts')
    await openHere({ enginePath: given.enginePath, pageFolder: join(given.root, 'out/renderer') }, given.argv)
    return 0
  }
  const run = runs[words.command]
  if (!run) throw new Error(`no run for ${words.command}`)
  const { folder } = chooseFolder({ data: words.text('data') })
  const onFault = (error: unknown) => {
    if (process.env.HOWDAH_DEBUG) given.print.note(`${faultText(error)}\n`)
  }
  const engine = lazyEngine(given.enginePath, folder, onFault)
  const signal = hearSignals()
  try {
    return await Promise.race([run({ ...given, words, folder, engine: engine.get }), signal.comes])
  } catch (error) {
    const failure = error instanceof Failure ? error : new Failure('internal', { method: words.command })
    given.print.note(`${plainFailure(failure)}\n`)
    onFault(error)
    return 1
  } finally {
    await engine.close()
    signal.end()
  }
}
