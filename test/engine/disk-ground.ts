import { execFileSync } from 'node:child_process'
import { statfsSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { tempFolder } from './ground.ts'

/** Only root can mount a disk. */
export const mayMount = process.platform === 'linux' && process.getuid?.() === 0

/** A disk of its own in memory, of so many kilobytes. */
export const mountDisk = (kilobytes: number) => {
  const folder = tempFolder()
  const options = (more: string) => ['-o', `size=${kilobytes}k,mode=700${more}`, 'tmpfs', folder.path]
  execFileSync('mount', ['-t', 'tmpfs', ...options('')])
  return {
    path: folder.path,
    remount: (options: string) => execFileSync('mount', ['-o', `remount,${options}`, folder.path]),
    /** Takes what room is left, to the last block, or but for so many bytes. */
    fill: (left = 0) => {
      const { bavail, bsize } = statfsSync(folder.path)
      const filler = join(folder.path, 'filler')
      expect(() => writeFileSync(filler, Buffer.alloc((bavail + 1) * bsize, 1))).toThrow(/ENOSPC/)
      if (left > 0) truncateSync(filler, Math.max(0, statSync(filler).size - left))
    },
    [Symbol.dispose]: () => {
      execFileSync('umount', ['-l', folder.path])
      folder[Symbol.dispose]()
    },
  }
}
