import { readFile, readlink } from 'node:fs/promises'
import { z } from 'zod'

/**
 * A process, so that a later one of the same number is not taken for it. `started` is the system's own word for when that was, null where none
 * is at hand (only Linux tells it without a program). Numbers count within `space` alone: a container and a start of the computer have their own.
 */
export const ProcessMark = z.object({
  pid: z.int().positive(),
  started: z.string().nullable(),
  space: z.string(),
})
/** Read off it. */
export type ProcessMark = z.infer<typeof ProcessMark>

/** In `/proc/PID/stat` the 22nd: ticks since the computer started. The second may hold blanks and brackets of its own. */
const startOf = async (pid: number): Promise<string | null> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}

const spaceHere = async (): Promise<string> => {
  const told = [readFile('/proc/sys/kernel/random/boot_id', 'utf8'), readlink('/proc/self/ns/pid')]
  return (await Promise.all(told).catch(() => [process.platform])).join(' ').replaceAll('\n', '')
}

/** This process. */
export const markThisProcess = async (): Promise<ProcessMark> => ({
  pid: process.pid,
  started: await startOf(process.pid),
  space: await spaceHere(),
})

const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Another user's process may not be told anything, and is there all the same.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}

/** Whether a process has surely ended: there is none of its number, or one that started at another time. What cannot be told is no. */
export const isEnded = async ({ pid, started, space }: ProcessMark): Promise<boolean> => {
  if (space !== (await spaceHere())) return false
  if (!isThere(pid)) return true
  const now = await startOf(pid)
  return started !== null && now !== null && now !== started
}
