// What a package says of its own files, as `sha256sum` writes it, so that anybody can look: read at each start by
// src/main/doors/own-files.ts.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Inside the archive: what lies unpacked beside it. */
export const NATIVE_SUMS = 'out/native.sums'

const lineOf = (folder, name) =>
  `${createHash('sha256')
    .update(readFileSync(join(folder, name)))
    .digest('hex')}  ${name}\n`

/** Writes down, before packing, the one native file that a system's package brings along. */
export const writeNativeSums = (root, system) => {
  const file = join(root, NATIVE_SUMS)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, lineOf(root, `node_modules/better-sqlite3/prebuilds/${system}.node`))
}

/** Looks, after packing, whether what lies unpacked is what was written down, and writes the archive's own line beside it. */
export const writeArchiveSums = (root, resources) => {
  const unpacked = join(resources, 'app.asar.unpacked')
  const lines = readdirSync(unpacked, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(unpacked.length + 1))
    .map(name => lineOf(unpacked, name.replaceAll('\\', '/')))
  if (lines.join('') !== readFileSync(join(root, NATIVE_SUMS), 'utf8'))
    throw new Error('beside the archive lies something else than what the package will look for at its start')
  writeFileSync(join(resources, 'app.asar.sums'), lineOf(resources, 'app.asar'))
}
