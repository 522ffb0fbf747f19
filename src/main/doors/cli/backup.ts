import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { PASSPHRASE_LENGTH, Restored } from '../../../shared/contract/backup.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import { say, sayCode } from '../../../shared/messages/say.ts'
import { prepareFolder } from '../data-folder.ts'
import { keyFileSecrets } from '../loopback/secrets.ts'
import { restoreFile } from '../start-engine.ts'
import { printJson, type Run, type Session } from './session.ts'
import { readLine } from './stdin.ts'
import { isoTime, plainLine, showTime } from './table.ts'

const LONGEST_MS = 3_600_000

/** The passphrase, where one is given: on standard input, so that it is in no history and no process list. */
const readPassphrase = async ({ words, stdin }: Session): Promise<string | undefined> => {
  if (!words.has('passphrase-stdin')) return undefined
  const passphrase = await readLine(stdin)
  if (passphrase === '') throw new Failure('invalid-input', { reason: 'cli.passphrase-missing' })
  return passphrase
}

/** `howdah backup FILE`: the vault in one new file, also while a desk is running. */
export const backUp: Run = async session => {
  const { words, print } = session
  const passphrase = await readPassphrase(session)
  if (passphrase !== undefined && passphrase.length < PASSPHRASE_LENGTH)
    throw new Failure('invalid-input', { reason: 'backup.short-passphrase', least: PASSPHRASE_LENGTH })
  // A folder that holds nothing is not made only to back it up: then the wrong one was named.
  if (!existsSync(session.folder)) throw new Failure('not-found', { reason: 'cli.no-desk', folder: session.folder })
  const open = await session.engine()
  // The owner of the data may be another process, with another working folder.
  const asked = { file: resolve(words.file ?? ''), ...(passphrase === undefined ? {} : { passphrase }) }
  // The name alone is for the page; what scripts read stays as it was.
  const { name: _, ...made } = await open.call('backup.make', asked, { timeoutMs: LONGEST_MS })
  const { sealed, ...told } = made
  if (words.has('json')) printJson(print, made)
  else print.out(`${say('cli.backed-up', told)}\n`)
  print.note(`${say(sealed ? 'cli.backup-sealed' : 'cli.backup-open')}\n`)
  return 0
}

const isBroken = (error: unknown): error is Failure =>
  error instanceof Failure && error.detail.reason === 'backup.log-broken'

/**
 * `howdah restore FILE`: a backup into a data folder that no desk has open. What is there is set aside. The desk is then opened once, so
 * that its log says so and nothing of what was under way is sent. 3 when nothing was done, since the backup's log does not hold: whether
 * to take it all the same is for the person to say.
 */
export const restore: Run = async session => {
  const { words, print, enginePath } = session
  const file = resolve(words.file ?? '')
  const passphrase = await readPassphrase(session)
  const folder = await prepareFolder(session.folder)
  const asked = { folder, file, passphrase, logIsBroken: words.has('log-is-broken') }
  const answered = await restoreFile(enginePath, asked, keyFileSecrets(folder)).catch((error: unknown) => {
    if (isBroken(error)) return error
    throw error
  })
  if (answered instanceof Failure) {
    const { seq, why } = answered.detail
    print.note(`${say('cli.not-verified')} ${sayCode(String(why), { seq: Number(seq) })}\n`)
    print.note(`${say('cli.restore-broken')}\n`)
    return 3
  }
  const done = Restored.parse(answered)
  const open = await session.engine()
  const { decisions } = await open.call('decisions.page', { states: ['unknown', 'needs-person'], limit: 200 })
  if (words.has('json')) {
    printJson(print, { ...done, madeAt: isoTime(done.madeAt), unsettled: decisions.length })
    return 0
  }
  const { setAside, servers, log } = done
  print.out(`${say('cli.restored', { folder, made: showTime(done.madeAt), entries: done.entries })}\n`)
  if (setAside !== null) print.note(`${say('cli.restored-aside', { file: setAside })}\n`)
  if (log.firstBad) print.note(`${say('cli.not-verified')} ${sayCode(log.firstBad.why, { seq: log.firstBad.seq })}\n`)
  if (decisions.length > 0) print.note(`${say('cli.restored-unsettled', { count: decisions.length })}\n`)
  print.note(`${say(done.sameKey ? 'cli.restored-same-key' : 'cli.restored-new-key')}\n`)
  for (const { domain, origin } of servers)
    print.note(`${say('cli.restored-sign-in', { server: plainLine(domain), origin: plainLine(origin) })}\n`)
  return 0
}
