/** `howdah web` run from the sources, without a page: for figures about the engine and its wire. Says its one line, ends on SIGTERM. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openWebDoor } from '../src/main/doors/loopback/web-door.ts'

const { values } = parseArgs({ options: { data: { type: 'string', default: '' }, 'no-open': { type: 'boolean' } } })
const pageFolder = mkdtempSync(join(tmpdir(), 'howdah-bench-page-'))
writeFileSync(join(pageFolder, 'index.html'), '')
const door = await openWebDoor({
  enginePath: join(import.meta.dirname, '../src/main/engine/worker.ts'),
  pageFolder,
  choice: { folder: values.data, afresh: false },
  port: 0,
  tell: line => void process.stderr.write(`${line}\n`),
})
rmSync(pageFolder, { recursive: true })
if ('elsewhere' in door) throw new Error('the folder is open elsewhere')
process.on('SIGTERM', () => void door.close().then(() => process.exit(0)))
process.stdout.write(`Howdah is open at ${door.address}\n`)
