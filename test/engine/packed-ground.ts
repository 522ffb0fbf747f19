import {
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { NATIVE_SUMS, writeArchiveSums, writeNativeSums } from '../../packaging/sums.mjs'
import { checkOwnFiles, type OwnFiles } from '../../src/main/doors/own-files.ts'
import { numbersOf } from './numbers.ts'

/** The system that the tests run on, as the database names its binaries. */
const system = `${process.platform}-${process.arch}`
const native = `node_modules/better-sqlite3/prebuilds/${system}.node`

/**
 * A folder as a package has it, by packaging's own hands but for the archive, whose bytes are the bundles one after the other: who looks
 * at it looks at the whole. `app` is what runs, as Electron finds it within the archive.
 */
export const packInto = (folder: string) => {
  const [app, resources] = [join(folder, 'app'), join(folder, 'resources')]
  for (const name of ['out', 'package.json', 'resources/tray.png'])
    cpSync(resolve(name), join(app, name), { recursive: true })
  symlinkSync(resolve('node_modules'), join(app, 'node_modules'))
  writeNativeSums(app, system)
  const unpacked = join(resources, 'app.asar.unpacked', native)
  mkdirSync(dirname(unpacked), { recursive: true })
  cpSync(native, unpacked)
  const parts = readdirSync(join(app, 'out'), { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  writeFileSync(
    join(resources, 'app.asar'),
    Buffer.concat(parts.map(entry => readFileSync(join(entry.parentPath, entry.name)))),
  )
  writeArchiveSums(app, resources)
  return { app, resources, nativeSums: join(app, NATIVE_SUMS) }
}

/** Changes one byte of a file, and answers what puts it back. */
export const flip = (file: string, at: number, by: number): (() => void) => {
  const disk = openSync(file, 'r+')
  const byte = Buffer.alloc(1)
  readSync(disk, byte, 0, 1, at)
  const put = (value: number) => writeSync(disk, Buffer.from([value]), 0, 1, at)
  put((byte[0] ?? 0) ^ by)
  return () => {
    put(byte[0] ?? 0)
    closeSync(disk)
  }
}

/**
 * Changes single bytes of a package, one at a time, and answers what its look at itself did not find on the systems where it should: the
 * archive and its line on Linux, the native file on all.
 */
export const flipBytes = (own: Pick<OwnFiles, 'resources' | 'nativeSums'>, count: number, seed = 1): string[] => {
  const number = numbersOf(seed)
  const finds = (platform: NodeJS.Platform) => {
    try {
      checkOwnFiles({ ...own, platform })
      return false
    } catch {
      return true
    }
  }
  const files = [
    { name: 'app.asar', systems: ['linux'] },
    { name: join('app.asar.unpacked', native), systems: ['linux', 'darwin', 'win32'] },
    { name: 'app.asar.sums', systems: ['linux'] },
  ] as const
  const missed: string[] = []
  for (let n = 0; n < count; n += 1) {
    // Every tenth in the line that tells the archive's hash.
    const { name, systems } = n % 10 === 9 ? files[2] : files[n % 2 === 0 ? 0 : 1]
    const file = join(own.resources, name)
    const [at, by] = [Math.floor(number() * statSync(file).size), 1 + Math.floor(number() * 255)]
    const putBack = flip(file, at, by)
    for (const platform of systems) if (!finds(platform)) missed.push(`${platform}: ${name} at ${at} by ${by}`)
    putBack()
  }
  if (finds('linux')) missed.push('put back, it is still called damaged')
  return missed
}
