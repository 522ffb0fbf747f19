import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import fc from 'fast-check'

// What one file of tests compiled the next ones need not.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/howdah/compiled-tests'))

/** Property tests draw the same cases in each run, so that a change fails for what it does; HOWDAH_SEED draws others. */
fc.configureGlobal({ seed: Number(process.env.HOWDAH_SEED ?? 1) })
