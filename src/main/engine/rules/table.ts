import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'

/** A rule as the server tells it (contract F.9); `hint` came with 4.3. */
export type ToldRule = { id: string; text: string; hint: string }

/**
 * Stores the texts of rules as reports tell them, the last one where they differ, unless a rule is in force: then the list of those in
 * force says what it is, and what changed.
 */
export const putReportedRules = (
  db: WriteDb,
  server: ServerKey,
  rules: readonly Pick<ToldRule, 'id' | 'text'>[],
): void => {
  for (const [id, text] of new Map(rules.map(rule => [rule.id, rule.text])))
    db.run(
      `INSERT INTO mirror.rule VALUES (@server, @id, @text) ON CONFLICT DO UPDATE SET text = excluded.text
       WHERE text <> excluded.text AND NOT EXISTS (SELECT 1 FROM mirror.rule_in_force WHERE server = @server AND id = @id)`,
      { server, id, text },
    )
}

const putRule = (db: WriteDb, server: ServerKey, rule: Pick<ToldRule, 'id' | 'text'>): void =>
  void db.run(
    'INSERT INTO mirror.rule VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET text = excluded.text WHERE text <> excluded.text',
    [server, rule.id, rule.text],
  )

/** The rules in force, in the server's order. */
export const rulesInForce = (db: ReadDb, server: ServerKey): ToldRule[] =>
  db.all<ToldRule>(
    `SELECT f.id, r.text, f.hint FROM mirror.rule_in_force f JOIN mirror.rule r ON r.server = f.server AND r.id = f.id
     WHERE f.server = ? ORDER BY f.place`,
    [server],
  )

/** The rules in force; until they were read, those that reports have named. */
export const rulesKnown = (db: ReadDb, server: ServerKey): { id: string; text: string }[] => {
  const inForce = rulesInForce(db, server).map(({ id, text }) => ({ id, text }))
  return inForce.length > 0
    ? inForce
    : db.all('SELECT id, text FROM mirror.rule WHERE server = ? ORDER BY length(id), id', [server])
}

/**
 * Stores the rules in force, in the server's order, in place of those before; answers what differs, by id, or nothing. `order`: that of all
 * of them now, where those that stay stand in another one.
 */
export const putRulesInForce = (
  db: WriteDb,
  server: ServerKey,
  rules: readonly ToldRule[],
): { added: string[]; changed: string[]; removed: string[]; order?: string[] } | undefined => {
  const before = new Map(rulesInForce(db, server).map(rule => [rule.id, rule]))
  const now = new Set(rules.map(({ id }) => id))
  const added = rules.filter(({ id }) => !before.has(id)).map(({ id }) => id)
  const changed = rules
    .filter(({ id, text, hint }) => {
      const old = before.get(id)
      return old !== undefined && (old.text !== text || old.hint !== hint)
    })
    .map(({ id }) => id)
  const removed = [...before.keys()].filter(id => !now.has(id))
  const order = rules.map(({ id }) => id)
  const staying = [...before.keys()].filter(id => now.has(id))
  const moved = staying.join() !== order.filter(id => before.has(id)).join()
  for (const id of removed) db.run('DELETE FROM mirror.rule_in_force WHERE server = ? AND id = ?', [server, id])
  for (const [place, rule] of rules.entries()) {
    putRule(db, server, rule)
    db.run(
      'INSERT INTO mirror.rule_in_force VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET place = excluded.place, hint = excluded.hint',
      [server, rule.id, place, rule.hint],
    )
  }
  if (added.length + changed.length + removed.length === 0 && !moved) return undefined
  return { added, changed, removed, ...(moved ? { order } : {}) }
}
