import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeArchiveSums } from '../../packaging/sums.mjs'
import { checkOwnFiles } from '../../src/main/doors/own-files.ts'
import { tempFolder } from './ground.ts'
import { flipBytes, packInto } from './packed-ground.ts'

const folder = tempFolder()
let packed: ReturnType<typeof packInto>

beforeAll(() => {
  packed = packInto(folder.path)
})
afterAll(() => folder[Symbol.dispose]())

const why = (platform: NodeJS.Platform) => {
  try {
    checkOwnFiles({ ...packed, platform })
  } catch (error) {
    return error
  }
  return undefined
}

test('a package that is whole is found whole, and no change of a byte is overlooked', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) expect(why(platform)).toBeUndefined()
  expect(flipBytes(packed, 30)).toEqual([])
})

test('what is missing, empty, cut or said of something else counts as damaged, and is named', () => {
  const { app, resources, nativeSums } = packed
  const cases: [string, (text: string) => string | undefined, string][] = [
    [join(resources, 'app.asar.sums'), () => undefined, 'app.asar.sums'],
    [join(resources, 'app.asar.sums'), () => '', 'app.asar.sums'],
    [join(resources, 'app.asar.sums'), text => text.trimEnd(), 'app.asar.sums'],
    [join(resources, 'app.asar.sums'), text => text.toUpperCase(), 'app.asar.sums'],
    [join(resources, 'app.asar.sums'), text => text.replace('app.asar', 'app.bsar'), 'app.bsar'],
    [join(resources, 'app.asar'), () => undefined, 'app.asar'],
    [join(resources, 'app.asar'), text => `${text}x`, 'app.asar'],
    [nativeSums, () => undefined, 'native.sums'],
    [nativeSums, () => '', 'native.sums'],
  ]
  for (const [file, change, named] of cases) {
    const before = readFileSync(file)
    const changed = change(before.toString('latin1'))
    if (changed === undefined) rmSync(file)
    else writeFileSync(file, changed, 'latin1')
    expect(why('linux'), `${file} ${changed?.slice(0, 9)}`).toMatchObject({
      code: 'storage',
      detail: { reason: 'door.damaged', file: named },
    })
    writeFileSync(file, before)
  }
  expect(why('linux')).toBeUndefined()
  // Packaging itself refuses what its list does not tell of.
  const stray = join(resources, 'app.asar.unpacked/stray.node')
  writeFileSync(stray, 'x')
  expect(() => writeArchiveSums(app, resources)).toThrow('something else')
  rmSync(stray)
})
