import fc from 'fast-check'

/** Property tests draw the same cases in each run, so that a change fails for what it does; HOWDAH_SEED draws others. */
fc.configureGlobal({ seed: Number(process.env.HOWDAH_SEED ?? 1) })
