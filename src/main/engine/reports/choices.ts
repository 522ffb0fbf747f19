import type { z } from 'zod'
import type { reports } from '../../../shared/contract/reports.ts'
import { accountName, type NameRow, nameColumns } from '../accounts/table.ts'
import type { ReadDb } from '../db/handle.ts'
import type { Sets } from './columns.ts'
import type { Places } from './places.ts'

type Choices = z.input<(typeof reports)['reports.choices']['output']>

/** Servers and languages beyond these are looked for, not chosen. */
const MOST = 200
/** Accounts that many reports are about: a list of more of them would be looked through by nobody. */
const MOST_TARGETS = 50

/** How often each value of a column stands in these reports, the most frequent first. */
const countValues = (column: Int32Array, numbers: Int32Array): { value: number; count: number }[] => {
  const counts = new Map<number, number>()
  for (let i = 0; i < numbers.length; i++) {
    const value = column[numbers[i] ?? 0] ?? 0
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || a.value - b.value)
}
/** The same of the members of sets. */
const countMembers = (column: Int32Array, sets: Sets, numbers: Int32Array): { text: string; count: number }[] => {
  const counts = new Map<string, number>()
  for (const { value, count } of countValues(column, numbers))
    for (const member of sets.in(value)) {
      const text = sets.items.text(member)
      counts.set(text, (counts.get(text) ?? 0) + count)
    }
  return [...counts].map(([text, count]) => ({ text, count })).sort((a, b) => b.count - a.count)
}
/** `s1 7` as a thing of a server. */
const remote = (text: string) => {
  const at = text.indexOf(' ')
  return { server: text.slice(0, at), id: text.slice(at + 1) }
}

/** What these reports can be filtered by, the most frequent first. */
export const readChoices = (db: ReadDb, chosen: Int32Array, { columns, names, nameOf }: Places): Choices => {
  const { target, origin, source, rules, languages, assignee } = columns()
  const homes = (column: Int32Array) =>
    countValues(column, chosen)
      .slice(0, MOST)
      .map(({ value, count }) => ({ domain: value === 0 ? null : names.domain.text(value), count }))
  const own = new Map(
    db
      .all<{ key: string; account_id: string }>('SELECT key, account_id FROM server')
      .map(me => [me.key, me.account_id]),
  )
  const countsOfAssignees = countValues(assignee, chosen)
  return {
    targets: countValues(target, chosen)
      .slice(0, MOST_TARGETS)
      .flatMap(({ value, count }) => {
        const about = names.target.remote(value)
        const name = db.get<NameRow>(`SELECT ${nameColumns} FROM mirror.account a WHERE a.server = ? AND a.id = ?`, [
          about.server,
          about.id,
        ])
        return name ? [{ target: about, account: accountName(name), count }] : []
      }),
    rules: countMembers(rules, names.rules, chosen)
      .slice(0, MOST)
      .flatMap(({ text, count }) => {
        const rule = remote(text)
        const known = db.get<{ text: string }>('SELECT text FROM mirror.rule WHERE server = ? AND id = ?', [
          rule.server,
          rule.id,
        ])
        return known ? [{ rule, text: known.text, count }] : []
      }),
    origins: homes(origin),
    sources: homes(source),
    languages: countMembers(languages, names.languages, chosen)
      .slice(0, MOST)
      .map(({ text, count }) => ({ language: text, count })),
    assignees: countsOfAssignees
      .filter(({ value }) => value !== 0)
      .map(({ value, count }) => {
        const who = names.assignee.remote(value)
        return { assignee: who, name: nameOf(value), me: own.get(who.server) === who.id, count }
      }),
    unassigned: countsOfAssignees.find(({ value }) => value === 0)?.count ?? 0,
  }
}
