import { EraseReason, type LogPerson } from '../../../shared/contract/log.ts'
import { say } from '../../../shared/messages/say.ts'
import { findServer } from './servers.ts'
import { printJson, printLines, type Run, type Session } from './session.ts'
import { alignRows, plainLine } from './table.ts'

/** Whom the options name; nothing where they name nobody. */
const personOf = async ({ words, engine }: Session): Promise<LogPerson | undefined> => {
  const [handle, account, server] = [words.text('handle'), words.text('account'), words.text('server')]
  if ((handle === undefined) === (account === undefined)) return undefined
  if (account !== undefined && server === undefined) return undefined
  const key = server === undefined ? {} : { server: (await findServer(await engine(), server)).key }
  return handle === undefined ? { ...key, account } : { ...key, handle }
}

/**
 * `howdah log erase`: says what erasing a person touches, and with `--yes` erases it for good. 3 when that was only said, 2 when
 * nobody is named.
 */
export const eraseFromLog: Run = async session => {
  const { words, print } = session
  const who = await personOf(session)
  if (!who) {
    print.note(`${say('cli.wrong.whom')}\n`)
    return 2
  }
  const open = await session.engine()
  const touched = await open.call('log.touched', who)
  const some = touched.entries + touched.decisions + touched.notes + touched.posts > 0
  if (some && words.has('yes')) {
    const reason = EraseReason.safeParse(words.text('reason')).data ?? 'other'
    await open.call('log.erase', { ...who, reason, entries: touched.entries }, { timeoutMs: 600_000 })
  }
  if (words.has('json')) printJson(print, { ...touched, erased: some && words.has('yes') })
  else {
    printLines(print, [touched.handles.map(plainLine).join(' ')])
    const rows = (['entries', 'values', 'decisions', 'notes', 'posts'] as const).map(name => [
      String(touched[name]),
      say(`erase.touched-${name}`, { count: touched[name] }),
    ])
    printLines(print, alignRows(rows))
  }
  if (touched.openReports > 0) print.note(`${say('erase.posts-stay', { count: touched.openReports })}\n`)
  if (!some) print.note(`${say('erase.nothing')}\n`)
  else if (words.has('yes')) print.note(`${say('erase.done', { values: touched.values, entries: touched.entries })}\n`)
  else print.note(`${say(touched.undecided > 0 ? 'erase.undecided' : 'cli.erase-shown')}\n`)
  return some && !words.has('yes') ? 3 : 0
}
