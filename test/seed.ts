import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import fc from 'fast-check'
import { realFetch } from './real-fetch.ts'

// What one file of tests compiled, or a program or thread that it started, the next ones need not.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '../node_modules/.cache/howdah/compiled-tests')
enableCompileCache()

/** Property tests draw the same cases in each run, so that a change fails for what it does; HOWDAH_SEED draws others. */
fc.configureGlobal({ seed: Number(process.env.HOWDAH_SEED ?? 1) })

// Files of tests that share a process begin alike: what an engine of the one before put in the global place is none of the next.
globalThis.fetch = realFetch
