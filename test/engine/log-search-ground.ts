import { logPage } from '../../src/main/engine/log/page.ts'
import type { LogFilter } from '../../src/shared/contract/log.ts'
import { openGround } from './log-ground.ts'

/** A ground with two sign-ins, and what finds the numbers of entries, newest first. */
export const openSearch = () => {
  const ground = openGround()
  const { gate } = ground
  gate.write([], db => {
    for (const [key, domain, acct] of [
      ['s1', 'town.example', 'ada'],
      ['s2', 'harbour.example', 'ben'],
    ])
      db.run(
        `INSERT INTO server (key, domain, origin, title, release, account_id, acct, role_name, permissions, mark_letters, mark_colour, sealed_by, signed_in_at)
         VALUES (?, ?, ?, '', '4.6.5', '1', ?, '', '1', 'aa', 1, 'key-file', 0)`,
        [key ?? '', domain ?? '', `https://${domain}`, acct ?? ''],
      )
  })
  const search = (filter: LogFilter, limit = 200) => gate.read(db => logPage(db, { limit, ...filter }))
  const found = (filter: LogFilter) => search(filter).entries.map(({ seq }) => seq)
  const terms = () => gate.read(db => db.column<string>('SELECT DISTINCT term FROM log_term'))
  return { ...ground, search, found, terms }
}
