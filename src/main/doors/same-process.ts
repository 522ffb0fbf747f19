import { readFileSync, readlinkSync } from 'node:fs'
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

/** What the system says of itself: at once, since a start waits for it. Null where it does not. */
const told = (read: () => string): string | null => {
  try {
    return read()
  } catch {
    return null
  }
}

/** In `/proc/PID/stat` the 22nd: ticks since the computer started. The second may hold blanks and brackets of its own. */
const startOf = (pid: number): string | null => {
  const stat = told(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}

const spaceHere = (): string =>
  told(
    () => `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`,
  ) ?? process.platform

/** This process. */
export const markThisProcess = (): ProcessMark => ({
  pid: process.pid,
  started: startOf(process.pid),
  space: spaceHere(),
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
export const isEnded = ({ pid, started, space }: ProcessMark): boolean => {
  if (space !== spaceHere()) return false
  if (!isThere(pid)) return true
  const now = startOf(pid)
  return started !== null && now !== null && now !== started
}
