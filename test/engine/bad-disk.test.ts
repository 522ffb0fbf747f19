import { execFile, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectThrough } from '../../src/main/doors/begin.ts'
import { keyFileSecrets } from '../../src/main/doors/loopback/secrets.ts'
import { openEngine } from '../../src/main/doors/open-engine.ts'
import { type SampleServer, startSampleServer } from '../../src/main/sample/server.ts'
import { sayFailure } from '../../src/shared/messages/say.ts'
import { mayMount, mountDisk } from './disk-ground.ts'
import { openRows, tempFolder, until } from './ground.ts'

/** Disks that are full, closed or elsewhere: real ones, in real processes of the built doors. */
let sample: SampleServer
beforeAll(async () => {
  if (!existsSync(resolve('out/main/cli.js'))) throw new Error('out/ is missing: run "npm run build" first')
  sample = await startSampleServer({ colleagues: false, reports: 3_000, accounts: 2_000 })
})
afterAll(() => sample.close())

/** One of the doors as a process of its own, which must end by itself: its code and what it said. */
const run = (script: string, args: readonly string[], before: readonly string[] = []) =>
  new Promise<{ code: unknown; out: string; note: string }>(done => {
    const [command = '', ...rest] = [...before, process.execPath, resolve(`out/main/${script}.js`), ...args]
    execFile(command, rest, { timeout: 20_000 }, (error, out, note) =>
      done({ code: error ? error.code : 0, out, note }),
    )
  })
/** Every door on a folder ends with 1 and one sentence of this shape. */
const endsWith = async (folder: string, said: RegExp, before: readonly string[] = []) => {
  for (const [script, args] of [
    ['cli', ['servers']],
    ['cli', ['log', 'export', '--format', 'csv']],
    ['web', ['--no-open']],
  ] as const) {
    const { code, out, note } = await run(script, [...args, '--data', folder], before)
    expect([script, code, out]).toEqual([script, 1, ''])
    expect(note).toMatch(said)
    expect(note.trim().split('\n')).toHaveLength(1)
  }
}
/** An engine on a folder, in its own thread as every door starts it. */
const openOn = async (folder: string) => {
  const door = openEngine({
    enginePath: resolve('out/main/engine.js'),
    folder,
    from: 'browser',
    secrets: keyFileSecrets(folder),
  })
  const desk = await connectThrough(door)
  return {
    desk,
    [Symbol.asyncDispose]: async () => {
      desk.close()
      await door.close()
    },
  }
}
const isFull = /^The disk with Howdah’s data is full\. .+[.]$/m

test.runIf(mayMount)('no disk space at the start: every door says so, and with room it opens', async () => {
  using disk = mountDisk(2_048)
  disk.fill()
  await endsWith(disk.path, isFull)
  rmSync(join(disk.path, 'filler'))
  expect(await run('cli', ['servers', '--json', '--data', disk.path])).toMatchObject({ code: 0, out: '[]\n' })
})

test.runIf(mayMount)('no disk space where the last desk was killed: every door says so', async () => {
  using disk = mountDisk(4_096)
  const desk = spawn(process.execPath, [resolve('out/main/web.js'), '--no-open', '--data', disk.path])
  const opened = new Promise(done => desk.stdout.once('data', done))
  expect(String(await opened)).toContain('Howdah is open at')
  const ended = new Promise(done => desk.once('exit', done))
  desk.kill('SIGKILL')
  await ended
  disk.fill()
  await endsWith(disk.path, isFull)
})

test.runIf(mayMount)(
  'no disk space in the middle of it: reading stops and says why, nothing half is sent, and with room all goes on',
  async () => {
    using disk = mountDisk(4_096)
    let ids: string[]
    {
      await using opened = await openOn(disk.path)
      const { desk } = opened
      await desk.call('servers.signIn', { url: sample.url, token: 'admin' })
      const failure = await desk.call('sync.now', { all: true }, { timeoutMs: 60_000 }).catch(error => error)
      expect(failure).toMatchObject({ code: 'storage', detail: { reason: 'failure.disk-full' } })
      expect(sayFailure(failure)).toMatch(isFull)
      const status = async () => (await desk.call('sync.status', {})).servers[0]
      expect((await until(status, sync => sync?.failure?.code === 'storage'))?.failure?.detail.reason).toBe(
        'failure.disk-full',
      )
      disk.fill()
      // What is here can be read; a decision is refused whole, and nothing of it leaves.
      const rows = await openRows(desk)
      expect(rows.length).toBeGreaterThan(50)
      const sent = sample.ledger.entries.length
      const armed: string[] = []
      for (const row of rows.slice(0, 40)) {
        const answer = await desk
          .call('decisions.arm', {
            server: row.server,
            subject: { of: 'report', id: row.id },
            kind: 'report.close',
          })
          .catch(error => error)
        if (answer.decision) armed.push(answer.decision.id)
        else {
          expect(answer).toMatchObject({ code: 'storage', detail: { reason: 'failure.disk-full' } })
          break
        }
      }
      expect(armed.length).toBeLessThan(40)
      expect(sample.ledger.entries.slice(sent)).toEqual([])
      const { decisions } = await desk.call('decisions.page', { limit: 200 })
      expect(decisions.map(({ id }) => id).sort()).toEqual(armed.sort())
      disk.remount('size=200m')
      rmSync(join(disk.path, 'filler'), { force: true })
      await desk.call('sync.now', { all: true }, { timeoutMs: 60_000 })
      const open = [...sample.world.reports.all()].filter(report => report.actionTakenAt === null)
      ids = open.map(({ id }) => id).sort()
      expect((await desk.call('reports.open', { filter: {}, group: 'none', sort: 'newest' })).lines).toBe(ids.length)
      expect((await status())?.failure).toBe(null)
      expect(await desk.call('log.verify', {})).toMatchObject({ ok: true })
    }
    expect(await run('cli', ['log', 'verify', '--data', disk.path])).toMatchObject({ code: 0 })
    const listed = JSON.parse((await run('cli', ['reports', '--json', '--data', disk.path])).out)
    expect(listed.map(({ id }: { id: string }) => id).sort()).toEqual(ids)
  },
  90_000,
)

test.runIf(mayMount)(
  'a read-only folder: every door says so, doctor too, and what is in it stays as it was',
  async () => {
    using disk = mountDisk(8_192)
    expect(await run('cli', ['servers', '--data', disk.path])).toMatchObject({ code: 0 })
    const before = readdirSync(disk.path)
    disk.remount('ro')
    await endsWith(disk.path, /^Howdah may not write its data folder\. Correct its permissions, .+[.]$/m)
    await endsWith(
      join(disk.path, 'below'),
      /^The data folder \S+ cannot be made or opened\. Choose another one .+[.]$/m,
    )
    const { code, out } = await run('cli', ['doctor', '--data', disk.path])
    expect([code, out]).toEqual([1, expect.stringMatching(/WRONG +The data folder \S+ cannot be written\. Correct/)])
    expect(readdirSync(disk.path)).toEqual(before)
    disk.remount('rw')
    expect(await run('cli', ['servers', '--data', disk.path])).toMatchObject({ code: 0 })
  },
)

test('a read-only folder of somebody else: the same for whoever is not root', async context => {
  using folder = tempFolder()
  const other = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
  const can = await run('cli', ['--version'], process.getuid?.() === 0 ? other : [])
  if (can.code !== 0) return context.skip()
  mkdirSync(join(folder.path, 'theirs'), { mode: 0o555 })
  execFileSync('chmod', ['755', folder.path])
  await endsWith(
    join(folder.path, 'theirs'),
    /^Howdah may not write its data folder\. Correct its permissions, .+[.]$/m,
    other,
  )
  await endsWith(join(folder.path, 'theirs', 'below'), /^The data folder \S+ cannot be made or opened\. .+[.]$/m, other)
})

test.runIf(mayMount)(
  'a folder on a network drive: every door refuses it by what the system says is mounted, and makes nothing there',
  async () => {
    using folder = tempFolder()
    const drive = join(folder.path, 'drive')
    mkdirSync(drive)
    // The words of the kernel for a drive that cannot be had in a test, laid over its own for one process.
    const told = join(folder.path, 'mountinfo')
    writeFileSync(told, `1 0 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 0:36 / ${drive} rw - nfs4 nas:/home rw,vers=4.2\n`)
    const lay = ['unshare', '-m', 'sh', '-c', `mount --bind ${told} /proc/$$/mountinfo && exec "$0" "$@"`]
    const said = /^The data folder \S+ lies on a network drive, .+ Choose one on this computer .+[.]$/m
    await endsWith(join(drive, 'howdah'), said, lay)
    expect(readdirSync(drive)).toEqual([])
    expect(await run('cli', ['servers', '--data', join(folder.path, 'here')], lay)).toMatchObject({ code: 0 })
  },
)
