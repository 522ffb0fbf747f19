import type { Template } from '../../../shared/contract/templates.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'

const columns = 'id, name, language, text, changed_at AS changedAt'

/** All templates, by language and name. */
export const listTemplates = (db: ReadDb): Template[] =>
  db.all<Template>(`SELECT ${columns} FROM template ORDER BY language, name COLLATE NOCASE`)

/** One template, or nothing. */
export const findTemplate = (db: ReadDb, id: string): Template | undefined =>
  db.get<Template>(`SELECT ${columns} FROM template WHERE id = ?`, [id])

/** True when another template of that language has the name. */
export const isNameTaken = (db: ReadDb, { id, language, name }: Pick<Template, 'id' | 'language' | 'name'>): boolean =>
  db.get('SELECT 1 FROM template WHERE language = ? AND name = ? AND id <> ?', [language, name, id]) !== undefined

/** Stores a template, new or changed. */
export const putTemplate = (db: WriteDb, template: Template): void =>
  void db.run(
    `INSERT INTO template (id, name, language, text, changed_at) VALUES (@id, @name, @language, @text, @changedAt)
     ON CONFLICT (id) DO UPDATE SET name = @name, language = @language, text = @text, changed_at = @changedAt`,
    template,
  )

/** Removes a template. */
export const dropTemplate = (db: WriteDb, id: string): void => void db.run('DELETE FROM template WHERE id = ?', [id])
