import { mkdtemp, readdir, realpath, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { prepareFolder } from '../../../src/main/doors/data-folder.ts'
import { isRemote, mountsHere, readMountinfo, readMountList } from '../../../src/main/doors/network-drive.ts'

const linux = readMountinfo(
  [
    '22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw',
    '40 22 0:36 / /home rw,relatime shared:20 - nfs4 nas:/home rw,vers=4.2',
    '41 40 254:2 / /home/ada/local rw - xfs /dev/vdb1 rw',
    '42 22 0:40 / /mnt/team\\040share rw - cifs //nas/team rw',
    '43 22 0:41 / /mnt/c rw - 9p C:\\134 rw',
    '44 22 0:42 / /mnt/there rw - fuse.sshfs ada@there:/ rw',
    '45 22 0:43 / /mnt/crypt rw - fuse.gocryptfs crypt rw',
    '46 22 0:44 / /srv rw - nfs nas:/srv rw',
    '47 46 254:3 / /srv rw - ext4 /dev/vdc1 rw',
    'nonsense',
    '',
  ].join('\n'),
)
const mac = readMountList(
  [
    '/dev/disk3s1s1 on / (apfs, sealed, local, read-only)',
    '//ada@nas/team share on /Volumes/team share (smbfs, nodev, nosuid, mounted by ada)',
    'nas:/export on /private/nfs (nfs)',
  ].join('\n'),
)

test.each([
  ['/var/lib/howdah', linux, false],
  ['/home/ada/.local/share/howdah', linux, true],
  ['/home/ada/local', linux, false],
  ['/home/ada/local/howdah', linux, false],
  ['/homes/ada', linux, false],
  ['/mnt/team share/howdah', linux, true],
  ['/mnt/c/Users/ada', linux, true],
  ['/mnt/there/x', linux, true],
  ['/mnt/crypt/x', linux, false],
  ['/srv/howdah', linux, false],
  ['/Users/ada/Library', mac, false],
  ['/Volumes/team share/x', mac, true],
  ['/private/nfs', mac, true],
  ['\\\\nas\\share\\howdah', [], true],
  ['\\\\?\\C:\\Users\\ada', [], false],
  ['C:\\Users\\ada', [], false],
  ['/anything', [], false],
  ['/anything', [{ at: '/', type: '9p' }], false],
  [
    '/data/x',
    [
      { at: '/', type: '9p' },
      { at: '/data', type: 'nfs4' },
    ],
    true,
  ],
])('%s', (folder, mounts, remote) => expect(isRemote(folder, mounts)).toBe(remote))

test('a folder on a network drive is refused by its real path, whatever the way to it, before anything is made there', async () => {
  const place = await realpath(await mkdtemp(join(tmpdir(), 'howdah-drive-')))
  await symlink(place, `${place}-link`)
  const mounts = async () => [
    { at: '/', type: 'ext4' },
    { at: place, type: 'nfs4' },
  ]
  for (const folder of [place, `${place}-link`, join(`${place}-link`, 'below')])
    await expect(prepareFolder(folder, mounts)).rejects.toMatchObject({
      code: 'storage',
      detail: { reason: 'door.network-folder', folder },
    })
  expect(await readdir(place)).toEqual([])
  expect(await prepareFolder(place, async () => [])).toBe(place)
  expect((await mountsHere()).length > 0 || process.platform === 'win32').toBe(true)
  await rm(`${place}-link`)
  await rm(place, { recursive: true })
})

test('a folder that cannot be made is a sentence', async () => {
  await expect(prepareFolder('/dev/null/x')).rejects.toMatchObject({
    code: 'storage',
    detail: { reason: 'door.no-folder' },
  })
})
