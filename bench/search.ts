import { findAccounts } from '../src/main/engine/accounts/search.ts'
import { openData } from '../src/main/engine/db/open.ts'
import { makeLists } from '../src/main/engine/reports/lists.ts'
import { AccountFilter } from '../src/shared/contract/accounts.ts'
import { ReportFilter } from '../src/shared/contract/reports.ts'
import { type Figure, p95, timed } from './figure.ts'
import { SEEDED_AT, type Size, seededCopy, sizes } from './seed.ts'

const [RUNS, PAGE, TARGET_MS] = [20, 50, 25]

/** Twelve ways in which people search the queue. */
const searches: Readonly<Record<string, string>> = {
  'prefix of two letters': 'pr',
  'prefix of five letters': 'folge',
  'one frequent word': 'link',
  'one rare word': 'bibliothek',
  'three words': 'same shop link',
  phrase: '"card numbers"',
  'two-letter Japanese': '宣伝',
  Arabic: 'رابط',
  'accents left out': 'a passer me voir',
  URL: 'https://prizes-4.example/win',
  handle: '@u1z@server-2.example',
  'nothing fits': 'zzyzx',
}

/** Ways in which people look for accounts. */
const sought: Readonly<Record<string, Partial<AccountFilter>>> = {
  'prefix of one letter': { text: 'u' },
  handle: { text: '@u1z@server-2.example' },
  'two-letter Japanese': { text: 'はる' },
  'limited members named so': { text: 'mira', origin: 'local', state: 'limited' },
  'on one domain, suspended': { domain: 'server-7.example', state: 'suspended' },
  'nothing asked': {},
}

const figuresAt = async (size: Size): Promise<Figure[]> => {
  using copy = seededCopy(size)
  const data = openData(copy.path, SEEDED_AT)
  const { gate } = data
  const lists = makeLists()
  const at = `, ${size.reports.toLocaleString('en')} reports`
  const context = `${size.reports} reports, ${size.accounts} accounts; in the engine, no wire`
  const found: Figure[] = []
  for (const [name, text] of Object.entries(searches)) {
    const filter = ReportFilter.parse({ text })
    const look = () =>
      gate.read(db => {
        const { list, reports } = lists.open(db, filter, 'campaign', 'severest', SEEDED_AT)
        lists.lines(db, list, 0, PAGE, SEEDED_AT)
        return reports
      })
    const fit = look()
    found.push(
      p95(`search: ${name}${at}`, await timed(RUNS, look, { warm: 5 }), {
        target: TARGET_MS,
        context: `${text}: ${fit} open reports fit; the grouped list with its first ${PAGE} lines; ${context}`,
      }),
    )
  }
  for (const [name, asked] of Object.entries(sought)) {
    const filter = { ...AccountFilter.parse(asked), sort: 'fitting' as const }
    const look = () => gate.read(db => findAccounts(db, filter))
    const { accounts, more } = look()
    found.push(
      p95(`accounts: ${name}${at}`, await timed(RUNS, look, { warm: 5 }), {
        target: TARGET_MS,
        context: `${accounts.length}${more ? ' and more' : ''} fit; ${context}`,
      }),
    )
  }
  data.close()
  return found
}

/** What is searched for among reports and accounts, in the engine. */
export const benches = async (): Promise<Figure[]> => {
  const found: Figure[] = []
  for (const size of sizes) found.push(...(await figuresAt(size)))
  return found
}
