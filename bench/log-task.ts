import { existsSync, readFileSync } from 'node:fs'
import { openForReading } from '../src/main/engine/db/open.ts'
import { logTasks } from '../src/main/engine/log/tasks.ts'

/** Runs one of the log's tasks in a process of its own, so that its time and its peak memory are its own: prints them as JSON. */
const [folder = '', name = '', given = '{}'] = process.argv.slice(2)
const data: unknown = JSON.parse(given)
const open = () => openForReading(folder).db
const begun = performance.now()
const answer: unknown =
  name === 'log.export'
    ? logTasks['log.export'](open, data)
    : name === 'log.verify'
      ? logTasks['log.verify'](open)
      : logTasks['log.verify-file'](open, data)
const ms = performance.now() - begun
// A process started from a large one inherits its peak in `maxRSS`; the kernel's own mark begins anew with the program.
const mark = existsSync('/proc/self/status')
  ? /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  : undefined
const peakKb = mark === undefined ? process.resourceUsage().maxRSS : Number(mark)
const { user, system } = process.cpuUsage()
process.stdout.write(JSON.stringify({ ms, cpu: (user + system) / 1000, mb: peakKb / 1024, answer }))
