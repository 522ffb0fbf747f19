import { execFileSync } from 'node:child_process'

/** Whether a job is the one in front of its terminal, from its own process group and the terminal's. What says nothing counts as yes. */
export const isInFront = (groups: string): boolean => {
  const [own, front] = groups.trim().split(/\s+/)
  return front === undefined || own === front
}

/** Whether standard input may be read: the system stops a background job that reads its terminal. */
export const mayRead = (): boolean => {
  if (!process.stdin.isTTY || process.platform === 'win32') return true
  try {
    return isInFront(execFileSync('ps', ['-o', 'pgid=,tpgid=', '-p', String(process.pid)], { encoding: 'utf8' }))
  } catch {
    return true
  }
}
