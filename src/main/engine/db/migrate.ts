import type Database from 'better-sqlite3'
import { Failure } from '../../../shared/contract/failure.ts'
import { sql as mirror0010 } from './migrations/mirror-0010-first-light.ts'
import { sql as mirror0011 } from './migrations/mirror-0011-mark.ts'
import { sql as mirror0020 } from './migrations/mirror-0020-more-lists.ts'
import { sql as mirror0021 } from './migrations/mirror-0021-blocks.ts'
import { sql as mirror0022 } from './migrations/mirror-0022-instance.ts'
import { sql as mirror0023 } from './migrations/mirror-0023-page-time.ts'
import { sql as mirror0030 } from './migrations/mirror-0030-queue.ts'
import { sql as mirror0035 } from './migrations/mirror-0035-finder.ts'
import { sql as mirror0050 } from './migrations/mirror-0050-case.ts'
import { sql as mirror0055 } from './migrations/mirror-0055-domain-measures.ts'
import { sql as mirror0060 } from './migrations/mirror-0060-signup-patterns.ts'
import { sql as mirror0070 } from './migrations/mirror-0070-trends.ts'
import { sql as mirror0090 } from './migrations/mirror-0090-peers-below.ts'
import { sql as mirror0095 } from './migrations/mirror-0095-accounts.ts'
import { sql as mirror0099 } from './migrations/mirror-0099-closed.ts'
import { sql as mirror0120 } from './migrations/mirror-0120-locale.ts'
import { sql as mirror0145 } from './migrations/mirror-0145-lookalikes.ts'
import { sql as mirror0150 } from './migrations/mirror-0150-skipped.ts'
import { sql as mirror0155 } from './migrations/mirror-0155-emptying.ts'
import { sql as vault0010 } from './migrations/vault-0010-first-light.ts'
import { sql as vault0020 } from './migrations/vault-0020-any-subject.ts'
import { sql as vault0021 } from './migrations/vault-0021-by-state.ts'
import { sql as vault0025 } from './migrations/vault-0025-rights.ts'
import { sql as vault0030 } from './migrations/vault-0030-queue.ts'
import { sql as vault0035 } from './migrations/vault-0035-finder.ts'
import { sql as vault0040 } from './migrations/vault-0040-log-search.ts'
import { sql as vault0050 } from './migrations/vault-0050-case.ts'
import { sql as vault0070 } from './migrations/vault-0070-templates.ts'
import { sql as vault0095 } from './migrations/vault-0095-reports-of-post.ts'
import { sql as vault0105 } from './migrations/vault-0105-interests.ts'
import { sql as vault0109 } from './migrations/vault-0109-done.ts'
import { sql as vault0110 } from './migrations/vault-0110-way-back.ts'
import { sql as vault0115 } from './migrations/vault-0115-rejected.ts'
import { sql as vault0150 } from './migrations/vault-0150-by-target.ts'
import { sql as vault0160 } from './migrations/vault-0160-lock.ts'
import { sql as vault0171 } from './migrations/vault-0171-own-network.ts'
import { sql as vault0172 } from './migrations/vault-0172-drafts.ts'
import { sql as vault0180 } from './migrations/vault-0180-backup-passphrase.ts'
import { sql as vault0200 } from './migrations/vault-0200-went-back.ts'

/** The two files of a data folder, by the name under which their tables are reached. */
export type Part = 'main' | 'mirror'

/** Each file's migrations, by the version that they lead to. A released one is never edited. */
const migrations: Record<Part, readonly { version: number; sql: string }[]> = {
  main: [
    { version: 10, sql: vault0010 },
    { version: 20, sql: vault0020 },
    { version: 21, sql: vault0021 },
    { version: 25, sql: vault0025 },
    { version: 30, sql: vault0030 },
    { version: 35, sql: vault0035 },
    { version: 40, sql: vault0040 },
    { version: 50, sql: vault0050 },
    { version: 70, sql: vault0070 },
    { version: 95, sql: vault0095 },
    { version: 105, sql: vault0105 },
    { version: 109, sql: vault0109 },
    { version: 110, sql: vault0110 },
    { version: 115, sql: vault0115 },
    { version: 150, sql: vault0150 },
    { version: 160, sql: vault0160 },
    { version: 171, sql: vault0171 },
    { version: 172, sql: vault0172 },
    { version: 180, sql: vault0180 },
    { version: 200, sql: vault0200 },
  ],
  mirror: [
    { version: 10, sql: mirror0010 },
    { version: 11, sql: mirror0011 },
    { version: 20, sql: mirror0020 },
    { version: 21, sql: mirror0021 },
    { version: 22, sql: mirror0022 },
    { version: 23, sql: mirror0023 },
    { version: 30, sql: mirror0030 },
    { version: 35, sql: mirror0035 },
    { version: 50, sql: mirror0050 },
    { version: 55, sql: mirror0055 },
    { version: 60, sql: mirror0060 },
    { version: 70, sql: mirror0070 },
    { version: 90, sql: mirror0090 },
    { version: 95, sql: mirror0095 },
    { version: 99, sql: mirror0099 },
    { version: 120, sql: mirror0120 },
    { version: 145, sql: mirror0145 },
    { version: 150, sql: mirror0150 },
    { version: 155, sql: mirror0155 },
  ],
}

/** The version that this Howdah writes. */
export const newestVersion = (part: Part): number => migrations[part].at(-1)?.version ?? 0

/**
 * Brings one file to this version, or only to an older one, each step in a transaction of its own; a new file, which holds nothing yet, in
 * one. Fails with `newer-data`, before anything is written, when a newer Howdah wrote the file.
 */
export const migrate = (raw: Database.Database, part: Part, upTo = newestVersion(part)): void => {
  const version = Number(raw.pragma(`${part}.user_version`, { simple: true }))
  if (version > newestVersion(part)) throw new Failure('newer-data', { version, known: newestVersion(part) })
  const steps = migrations[part].filter(step => step.version > version && step.version <= upTo)
  const take = raw.transaction((taken: typeof steps) => {
    for (const step of taken) {
      raw.exec(step.sql)
      raw.pragma(`${part}.user_version = ${step.version}`)
    }
  })
  if (version === 0) take(steps)
  else for (const step of steps) take([step])
}
