/** The loopback door: `howdah web`. The engine's thread reads its modules while this one reads the door's. */
import { join } from 'node:path'
import { withCompiled } from './doors/compiled.ts'
import { warmThread } from './doors/engine-thread.ts'

const enginePath = join(import.meta.dirname, 'engine.js')
withCompiled(() => warmThread(enginePath))
const { openHere } = await import('./doors/loopback/open-here.ts')
await openHere({ enginePath, pageFolder: join(import.meta.dirname, '../renderer') })
