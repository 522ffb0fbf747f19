import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { SetAside } from '../../../shared/contract/backup.ts'
import { ends } from './salvage.ts'

/** As `setAside` (salvage.ts) names them: a vault, or the daily copies, with why and when. */
const NAMED =
  /^(?:vault\.db|copies)\.(damaged|before-restore)-(\d{4}-\d{2}-\d{2}T\d{2})(\d{2})(\d{2}\.\d{3}Z)(?:-\d+)?$/

const bytesOf = (path: string): number => {
  const found = statSync(path)
  if (!found.isDirectory()) return found.size
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0)
}

/** What was set aside in a folder after damage or before a restore, the newest first. Nothing but a person removes it. */
export const listSetAside = (folder: string): SetAside[] =>
  readdirSync(folder)
    .flatMap((name): SetAside[] => {
      const [, why, hour, minute, second] = NAMED.exec(name) ?? []
      if (why !== 'damaged' && why !== 'before-restore') return []
      const files = ends.map(end => join(folder, name + end)).filter(file => existsSync(file))
      const bytes = files.reduce((sum, file) => sum + bytesOf(file), 0)
      return [{ name, why, at: Date.parse(`${hour}:${minute}:${second}`), bytes }]
    })
    .sort((a, b) => b.at - a.at || (a.name < b.name ? -1 : 1))

/** Deletes one of them, by the name that the list has for it, with its journals. Answers it, or nothing where there is none. */
export const deleteSetAside = (folder: string, name: string): SetAside | undefined => {
  const found = listSetAside(folder).find(one => one.name === name)
  for (const end of found ? ends : []) rmSync(join(folder, name + end), { recursive: true, force: true })
  return found
}
