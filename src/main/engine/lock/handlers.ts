import { Failure } from '../../../shared/contract/failure.ts'
import { contract } from '../../../shared/contract/index.ts'
import type { lock as ofLock } from '../../../shared/contract/lock.ts'
import type { Contract, Handlers, Signal } from '../../../shared/contract/method.ts'
import type { Context } from '../context.ts'
import { listServers } from '../servers/table.ts'
import type { Lock } from './lock.ts'

/** Answers `lock.*`. */
export const lockHandlers = ({ gate }: Context, lock: Lock): Handlers<typeof ofLock, unknown> => ({
  'lock.state': () => {
    const locked = lock.isLocked()
    const servers = locked ? gate.read(listServers) : []
    return {
      locked,
      afterMinutes: lock.afterMinutes(),
      servers: servers.map(({ key, domain, origin, account }) => ({ key, domain, origin, acct: account.acct })),
    }
  },
  'lock.choose': async ({ passphrase, afterMinutes }) => {
    await lock.choose(passphrase, afterMinutes)
    return {}
  },
  'lock.change': async ({ passphrase, afterMinutes }) => {
    await lock.change(passphrase, afterMinutes)
    return {}
  },
  'lock.now': () => {
    lock.now()
    return {}
  },
  'lock.open': async ({ passphrase }) => {
    await lock.open(passphrase)
    return {}
  },
  'lock.here': () => {
    lock.here()
    return {}
  },
})

/** What a locked desk is answered: what opens it, how it is to look and speak, and how many reports wait, which is only a number. */
const open: ReadonlySet<string> = new Set([
  'lock.state',
  'lock.now',
  'lock.open',
  'lock.here',
  'settings.get',
  'reports.counts',
  'servers.beginSignIn',
  'servers.finishSignIn',
  'servers.signInPhase',
  'servers.cancelSignIn',
])

/**
 * What else the command line is answered: who is signed in, how reading goes, and that the log is whole. Nothing of people stands in it, and
 * to read on is what a locked desk does by itself. Under which passphrase a backup may be made then, it knows itself.
 */
const openToCli: ReadonlySet<string> = new Set(['servers.list', 'sync.now', 'sync.status', 'log.verify', 'backup.make'])

const methods: Contract = contract

type Answer<From> = (input: never, call: { signal: Signal; from: From }) => unknown

/**
 * Stands before every handler: while the desk is locked, it and the command line are refused everything but what opens it, and what was
 * asked before is not answered after.
 */
export const guardLocked = <From extends string>(
  lock: Pick<Lock, 'isLocked'>,
  handlers: Handlers<typeof contract, From>,
): Handlers<typeof contract, From> => {
  const check = () => {
    if (lock.isLocked()) throw new Failure('not-allowed', { reason: 'failure.locked' })
  }
  const guarded = (name: string, answer: Answer<From>): Answer<From> => {
    if (open.has(name)) return answer
    const reads = methods[name]?.kind === 'query'
    return async (input, call) => {
      if (call.from === 'cli' && openToCli.has(name)) return await answer(input, call)
      check()
      const output = await answer(input, call)
      // What a command did is told all the same.
      if (reads) check()
      return output
    }
  }
  // Each is guarded under its own name and with its own types.
  return Object.fromEntries(
    Object.entries(handlers).map(([name, answer]) => [name, guarded(name, answer as Answer<From>)]),
  ) as Handlers<typeof contract, From>
}
