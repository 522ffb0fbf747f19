import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { saveCopy } from '../../../src/main/doors/save-copy.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'howdah-save-'))
  await writeFile(join(folder, 'export.csv'), 'all of it')
})
afterEach(() => rm(folder, { recursive: true }))
const at = (name: string) => join(folder, name)

test('a saved export is whole under its name; what stood there is replaced, a link is not followed', async () => {
  await saveCopy(at('export.csv'), at('new.csv'))
  expect(await readFile(at('new.csv'), 'utf8')).toBe('all of it')
  await writeFile(at('precious'), 'mine')
  await symlink(at('precious'), at('link.csv'))
  await saveCopy(at('export.csv'), at('link.csv'))
  expect([await readFile(at('precious'), 'utf8'), await readFile(at('link.csv'), 'utf8')]).toEqual([
    'mine',
    'all of it',
  ])
  expect((await readdir(folder)).sort()).toEqual(['export.csv', 'link.csv', 'new.csv', 'precious'])
})

test('what cannot be saved leaves nothing behind, and says why', async () => {
  await expect(saveCopy(at('gone.csv'), at('new.csv'))).rejects.toMatchObject({ code: 'ENOENT' })
  await expect(saveCopy(at('export.csv'), join(folder, 'no', 'new.csv'))).rejects.toMatchObject({ code: 'ENOENT' })
  expect(await readdir(folder)).toEqual(['export.csv'])
})
