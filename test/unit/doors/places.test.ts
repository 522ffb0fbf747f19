import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkFolder, checkNode } from '../../../src/main/doors/cli/doctor.ts'
import { chooseFolder, emptyFolder, prepareFolder } from '../../../src/main/doors/data-folder.ts'
import { openExport, readExport } from '../../../src/main/doors/loopback/exports.ts'
import { browserCommand } from '../../../src/main/doors/loopback/open-browser.ts'
import { isInFront } from '../../../src/main/doors/loopback/terminal.ts'
import { ownerAddress } from '../../../src/main/doors/owner.ts'
import { readPage } from '../../../src/main/doors/page-files.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'howdah-places-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('the data lies where it was asked for, else where the system keeps such things', () => {
  const on = (platform: NodeJS.Platform, env = {}) => ({ platform, env, home: '/home/ada' })
  expect(chooseFolder({ ...on('linux'), data: '/srv/desk' })).toEqual({ folder: '/srv/desk', afresh: false })
  expect(chooseFolder({ ...on('linux', { HOWDAH_DATA: '/env' }), sample: true })).toEqual({
    folder: '/env',
    afresh: false,
  })
  expect(chooseFolder({ ...on('linux', { HOWDAH_DATA: '/env' }), data: '/srv' }).folder).toBe('/srv')
  expect(chooseFolder(on('linux')).folder).toBe('/home/ada/.local/share/howdah')
  expect(chooseFolder(on('linux', { XDG_DATA_HOME: '/data' })).folder).toBe('/data/howdah')
  expect(chooseFolder(on('linux', { XDG_DATA_HOME: 'relative' })).folder).toBe('/home/ada/.local/share/howdah')
  expect(chooseFolder(on('darwin')).folder).toBe('/home/ada/Library/Application Support/howdah')
  expect(chooseFolder(on('win32', { LOCALAPPDATA: '/local' })).folder).toBe('/local/howdah')
  expect(chooseFolder({ ...on('linux'), sample: true })).toEqual({
    folder: '/home/ada/.local/share/howdah-sample',
    afresh: true,
  })
})

test('a new folder is for this user only; one that was there is not touched', async () => {
  const made = await prepareFolder(join(folder, 'a', 'b'))
  expect((await stat(made)).mode & 0o777).toBe(0o700)
  const before = (await stat(folder)).mode
  await prepareFolder(folder)
  expect((await stat(folder)).mode).toBe(before)
})

test("only the sample's own folder is emptied, never through a link, and the desktop's profile stays", async () => {
  const own = join(folder, 'howdah-sample')
  await mkdir(join(own, 'desktop'), { recursive: true })
  await writeFile(join(own, 'vault.db'), 'x')
  await emptyFolder({ folder: own, afresh: false })
  expect(await readdir(own)).toEqual(['desktop', 'vault.db'])
  await symlink(own, join(folder, 'link'))
  await emptyFolder({ folder: join(folder, 'link'), afresh: true })
  expect(await readdir(own)).toEqual(['desktop', 'vault.db'])
  await emptyFolder({ folder: own, afresh: true })
  expect(await readdir(own)).toEqual(['desktop'])
})

test('the owner listens beside the data, or where a socket fits when the path is too long', () => {
  expect(ownerAddress('/srv/desk', 'linux')).toBe('/srv/desk/owner.sock')
  const long = `/srv/${'ä'.repeat(60)}`
  const address = ownerAddress(long, 'linux', '/tmp')
  expect(Buffer.byteLength(address)).toBeLessThan(100)
  expect(address).not.toBe(ownerAddress(`${long}x`, 'linux', '/tmp'))
  expect(ownerAddress('C:\\desk', 'win32')).toMatch(/^\\\\\.\\pipe\\howdah-[0-9a-f]{24}$/)
})

test('an export is served by its plain name only, and only if it is a plain file', async () => {
  const pass = 'p'.repeat(43)
  const names = ['/exports/howdah-log-20261123-164500.csv', '/exports/a-2.jsonl', '/exports/b.howdah']
  const bad = [
    '/exports/../key',
    '/exports/.csv',
    '/exports/a.csv/..',
    '/exports/a%2e.csv',
    '/exports/a.db',
    '/exports/a..csv',
    '/exports/a b.csv',
    '/exports/a.csv?x',
    '/exports/a.csv?pass=short',
    `/exports/a.csv?pass=${pass}&pass=${pass}`,
    `/exports/a.csv?pass=${pass}x`,
    '/export/a.csv',
    `/exports/${'a'.repeat(200)}.csv`,
    '/exports/a\u0000.csv',
  ]
  const plain = ['howdah-log-20261123-164500.csv', 'a-2.jsonl', 'b.howdah']
  expect(names.map(readExport)).toEqual(plain.map(name => ({ name, pass: '' })))
  expect(names.map(name => readExport(`${name}?pass=${pass}`))).toEqual(plain.map(name => ({ name, pass })))
  expect(bad.map(readExport)).toEqual(bad.map(() => undefined))
  await mkdir(join(folder, 'exports', 'dir.csv'), { recursive: true })
  await writeFile(join(folder, 'key'), 'secret')
  await symlink(join(folder, 'key'), join(folder, 'exports', 'link.csv'))
  expect(await openExport(folder, 'none.csv')).toBeUndefined()
  expect(await openExport(folder, 'dir.csv')).toBeUndefined()
  expect(await openExport(folder, 'link.csv')).toBeUndefined()
})

test('the page is a fixed table, and files of other types are not in it', async () => {
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<!doctype html>')
  await writeFile(join(folder, 'assets', 'desk.js'), 'export {}')
  await writeFile(join(folder, 'assets', 'desk.js.map'), '{}')
  expect([...(await readPage(folder)).keys()].sort()).toEqual(['/', '/assets/desk.js'])
  await expect(readPage(join(folder, 'assets'))).rejects.toThrow('no index.html')
})

test('the browser is opened only where a screen is, and the address is one word', () => {
  const address = 'http://127.0.0.1:1/?code=a'
  expect(browserCommand(address, 'linux', {})).toBeUndefined()
  expect(browserCommand(address, 'linux', { DISPLAY: ':0' })).toEqual(['xdg-open', address])
  expect(browserCommand(address, 'darwin', {})).toEqual(['open', address])
  expect(browserCommand(address, 'win32', {})?.at(-1)).toContain(address)
})

test('a terminal is read only by the job in front of it: in the background that would stop the process', () => {
  expect([isInFront(' 100  100\n'), isInFront('100 200'), isInFront('100 -1'), isInFront('')]).toEqual([
    true,
    false,
    false,
    true,
  ])
})

test('doctor finds an old Node, a folder that is none, and one that others may write to', async () => {
  expect([checkNode('v20.20.2').ok, checkNode('v24.0.0').ok, checkNode('v26.1.0').ok]).toEqual([false, true, true])
  expect((await checkFolder(folder)).every(({ ok }) => ok)).toBe(true)
  await writeFile(join(folder, 'file'), '')
  expect(await checkFolder(join(folder, 'file'))).toMatchObject([{ check: 'folder', ok: false }])
  expect(await checkFolder(join(folder, 'none'))).toMatchObject([{ check: 'folder', ok: true }])
  const open = join(folder, 'open')
  await mkdir(open)
  await chmod(open, 0o777)
  expect((await checkFolder(open)).find(({ check }) => check === 'rights')?.todo).toContain('chmod 700')
})
