import { constants, existsSync, readFileSync } from 'node:fs'
import { access, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../../shared/contract/failure.ts'
import type { Engine } from '../../../shared/contract/index.ts'
import type { Server } from '../../../shared/contract/servers.ts'
import { say } from '../../../shared/messages/say.ts'
import { isOwned } from '../owner.ts'
import { printJson, printLines, type Run, type Session } from './session.ts'
import { alignRows, isoTime, plainFailure, plainLine } from './table.ts'

/** One thing that was looked at. `todo` is what helps, where something does; without it there is nothing to do. */
export type Check = { check: string; ok: boolean; says: string; todo: string | null }

const fine = (check: string, says: string): Check => ({ check, ok: true, says, todo: null })
const bad = (check: string, says: string, todo: string): Check => ({ check, ok: false, says, todo })

/** Below this a day of reports may not fit. */
const LOW_SPACE = 200 << 20
const MAJOR = 24

/** The Node that runs this. */
export const checkNode = (version: string): Check => {
  const major = Number(/^v?(\d+)\./.exec(version)?.[1] ?? 0)
  const says = say('cli.doctor.node', { version })
  return major >= MAJOR ? fine('node', says) : bad('node', says, say('cli.doctor.node-todo', { major: MAJOR }))
}

/** Whether the desktop can open. Not a fault: the browser door does the same work. */
const checkElectron = (root: string): Check => {
  const place = join(root, 'node_modules', 'electron')
  const words = existsSync(join(place, 'path.txt')) ? readFileSync(join(place, 'path.txt'), 'utf8') : ''
  const there = words !== '' && existsSync(join(place, 'dist', words))
  return {
    ...fine('electron', say(there ? 'cli.doctor.electron' : 'cli.doctor.no-electron')),
    todo: there ? null : say('cli.doctor.electron-todo'),
  }
}

/** Whether the data folder is there, can be written, is closed to others, and has room. */
export const checkFolder = async (folder: string): Promise<Check[]> => {
  const there = await stat(folder).catch(() => undefined)
  if (!there) return [fine('folder', say('cli.doctor.no-folder', { folder }))]
  if (!there.isDirectory())
    return [bad('folder', say('cli.doctor.not-a-folder', { folder }), say('cli.doctor.folder-todo'))]
  const probe = join(folder, '.howdah-probe')
  try {
    await access(folder, constants.W_OK)
    await writeFile(probe, '', { mode: 0o600 })
    await rm(probe)
  } catch {
    return [bad('folder', say('cli.doctor.read-only', { folder }), say('cli.doctor.folder-todo'))]
  }
  const checks = [fine('folder', say('cli.doctor.folder', { folder }))]
  if (process.platform !== 'win32' && (there.mode & 0o022) !== 0)
    checks.push(bad('rights', say('cli.doctor.others-write', { folder }), say('cli.doctor.rights-todo', { folder })))
  const { bavail, bsize } = await statfs(folder)
  const megabytes = Math.floor((bavail * bsize) / (1 << 20))
  const room = say('cli.doctor.room', { megabytes })
  checks.push(bavail * bsize < LOW_SPACE ? bad('room', room, say('cli.doctor.room-todo')) : fine('room', room))
  return checks
}

/** How long a server is waited for that is only looked at; all of them are waited for at once. */
const LOOK_MS = 15_000

/** How many pages of a server were read so far: one that is slow is not one that is silent. */
const pagesRead = async (open: Engine, key: string): Promise<number> => {
  const { servers } = await open.call('sync.status', {})
  const lists = servers.find(({ server }) => server === key)?.lists ?? []
  return lists.reduce((sum, { pages }) => sum + pages, 0)
}

/** How it goes with one server: what it says when it is asked now, and whether the clocks agree. */
const checkServer = async (open: Engine, asked: Server, lookMs: number): Promise<Check[]> => {
  const { key, domain, origin, signedIn, notRevoked } = asked
  const server = plainLine(domain)
  if (notRevoked) {
    const page = plainLine(`${origin}/oauth/authorized_applications`)
    return [bad(key, say('cli.doctor.not-revoked', { server }), say('cli.doctor.not-revoked-todo', { page }))]
  }
  const out = () =>
    bad(key, say('cli.doctor.signed-out', { server }), say('cli.doctor.signed-out-todo', { origin: plainLine(origin) }))
  if (!signedIn) return [out()]
  const before = await pagesRead(open, key)
  const failure = await open.call('sync.now', { server: key }, { timeoutMs: lookMs }).then(
    () => undefined,
    (error: unknown) => (error instanceof Failure ? error : new Failure('internal')),
  )
  const now = (await open.call('servers.list', {})).servers.find(each => each.key === key)
  if (now && !now.signedIn) return [out()]
  const late = failure?.code === 'timeout'
  const checks = !failure
    ? [fine(key, say('cli.doctor.server', { server }))]
    : late && (await pagesRead(open, key)) > before
      ? [fine(key, say('cli.doctor.server-reading', { server }))]
      : [
          bad(
            key,
            say('cli.doctor.server-trouble', { server }),
            late ? say('cli.doctor.silent', { seconds: Math.ceil(lookMs / 1000) }) : plainFailure(failure),
          ),
        ]
  checks.push(...(await checkLeftOut(open, asked)))
  const minutes = Math.round(Math.abs(now?.clockAheadMs ?? 0) / 60_000)
  if (minutes > 0) checks.push(bad('clock', say('cli.doctor.clock', { server, minutes }), say('cli.doctor.clock-todo')))
  return checks
}

/** What the server fails on, so that nobody here sees it: a fault of the server's, that only its admins can mend. */
const checkLeftOut = async (open: Engine, { key, domain }: Server): Promise<Check[]> => {
  const sync = (await open.call('sync.status', {})).servers.find(({ server }) => server === key)
  return (sync?.lists ?? []).flatMap(({ list, leftOut }) =>
    leftOut.map(({ from, to, since }) =>
      bad(
        'left-out',
        say(from === to ? 'cli.doctor.left-out-one' : 'cli.doctor.left-out-some', {
          server: plainLine(domain),
          list: say(`cli.list.${list}`),
          from: plainLine(from),
          to: plainLine(to),
          at: isoTime(since) ?? '',
        }),
        say('cli.doctor.left-out-todo'),
      ),
    ),
  )
}

/** How it goes with every server, each waited for `lookMs` at most, all of them at once. */
export const checkServers = async (open: Engine, lookMs = LOOK_MS): Promise<Check[]> => {
  const { servers } = await open.call('servers.list', {})
  if (servers.length === 0) return [fine('servers', say('cli.servers-none'))]
  return (await Promise.all(servers.map(server => checkServer(open, server, lookMs)))).flat()
}

/** When it was last backed up, as the log of this computer says. Nothing while the log is not searched to its end: one may stand there. */
const checkBackup = async (open: Engine): Promise<Check[]> => {
  const { entries, searchedFrom } = await open.call('log.page', { kind: 'vault.backed-up', limit: 1 })
  const [last] = entries
  if (last) return [fine('backup', say('cli.doctor.backup', { at: isoTime(last.at) ?? '' }))]
  if (searchedFrom !== null) return []
  return [{ ...fine('backup', say('cli.doctor.no-backup')), todo: say('cli.doctor.backup-todo') }]
}

/** What was set aside and is still there. Not a fault: but nothing else tells of it, and nobody else deletes it. */
const checkSetAside = async (open: Engine): Promise<Check[]> => {
  const { setAside } = await open.call('backup.setAside', {})
  return setAside.map(({ name, why, at, bytes }) => ({
    ...fine(
      'set-aside',
      say(why === 'damaged' ? 'cli.doctor.aside-damaged' : 'cli.doctor.aside-restore', {
        at: isoTime(at) ?? '',
        megabytes: Math.ceil(bytes / (1 << 20)),
        name,
      }),
    ),
    todo: say('cli.doctor.aside-todo', { name }),
  }))
}

/** Opens the data as any command would, and looks at what it tells of its backups and of the servers; behind a lock of the servers only. */
const checkEngine = async ({ folder, engine }: Session): Promise<Check[]> => {
  if (!existsSync(folder)) return []
  const attached = await isOwned(folder)
  try {
    const open = await engine()
    if ((await open.call('lock.state', {})).locked)
      return [fine('data', say('cli.doctor.locked')), ...(await checkServers(open))]
    const { total } = await open.call('log.page', { limit: 1 })
    const says = say(attached ? 'cli.doctor.attached' : 'cli.doctor.opened', { entries: total })
    return [
      fine('data', says),
      ...(await checkBackup(open)),
      ...(await checkSetAside(open)),
      ...(await checkServers(open)),
    ]
  } catch (error) {
    const failure = error instanceof Failure ? error : new Failure('internal')
    return [bad('data', say('cli.doctor.not-opened'), plainFailure(failure))]
  }
}

/** `howdah doctor`: what is wrong and what to do. 1 when something is. With `--delete-aside` it first deletes what was set aside under a name. */
export const doctor: Run = async session => {
  const { words, print, folder } = session
  const aside = words.text('delete-aside')
  if (aside !== undefined) {
    await (await session.engine()).call('backup.deleteSetAside', { name: aside })
    print.note(`${say('cli.doctor.aside-deleted', { name: aside })}\n`)
  }
  const checks = [
    checkNode(process.version),
    checkElectron(session.root),
    ...(await checkFolder(folder)),
    ...(await checkEngine(session)),
  ]
  if (words.has('json')) printJson(print, checks)
  else {
    const mark = (ok: boolean) => say(ok ? 'cli.doctor.fine' : 'cli.doctor.bad')
    printLines(
      print,
      alignRows(checks.map(({ ok, says, todo }) => [mark(ok), todo === null ? says : `${says} ${todo}`])),
    )
  }
  const wrong = checks.filter(({ ok }) => !ok).length
  if (wrong > 0) print.note(`${say('cli.doctor.wrong', { wrong })}\n`)
  return wrong > 0 ? 1 : 0
}
