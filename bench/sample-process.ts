/** A sample server without limits in a process of its own, so that its work is not counted as ours. Says its one line, ends on SIGTERM. */
import { startSampleServer } from '../src/main/sample/server.ts'

const reports = Number(process.argv[2])
const server = await startSampleServer({ reports, throttles: false, colleagues: false })
process.on('SIGTERM', () => void server.close().then(() => process.exit(0)))
process.stdout.write(`Sample server at ${server.url}\n`)
