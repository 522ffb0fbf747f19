import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openData } from '../../src/main/engine/db/open.ts'
import { tempFolder } from './ground.ts'

/** Where the schema is kept as one reads it. */
const SNAPSHOT = new URL('../../src/main/engine/db/schema.snapshot.sql', import.meta.url)

const HEAD = `-- What all migrations together make, for reading and for seeing what a change does. A test compares it with them.
-- Written by: npx node test/engine/schema.ts
`

/** The schema of a new data folder: both files, tables before their indexes, in the order of their names. */
export const schemaNow = (): string => {
  using folder = tempFolder()
  openData(folder.path, 0).close()
  const parts = ['vault.db', 'mirror.db'].map(name => {
    const raw = new Database(join(folder.path, name), { readonly: true })
    try {
      const version = raw.pragma('user_version', { simple: true })
      const statements = raw
        .prepare<[], { sql: string }>(
          'SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name',
        )
        .all()
      return `\n-- ${name}, version ${version}\n\n${statements.map(({ sql }) => `${sql};\n`).join('\n')}`
    } finally {
      raw.close()
    }
  })
  return HEAD + parts.join('')
}

/** The snapshot as it stands in the repository. */
export const readSnapshot = (): string => readFileSync(SNAPSHOT, 'utf8')

if (import.meta.main) writeFileSync(SNAPSHOT, schemaNow())
