import { widened } from './space.ts'

/** Numbers for texts, from 1; 0 is no text. */
export const makeNames = () => {
  const numbers = new Map<string, number>()
  const texts: string[] = ['']
  return {
    of: (text: string | null): number => {
      if (text === null) return 0
      const known = numbers.get(text)
      if (known !== undefined) return known
      numbers.set(text, texts.length)
      return texts.push(text) - 1
    },
    find: (text: string): number => numbers.get(text) ?? -1,
    text: (number: number): string => texts[number] ?? '',
    /** Every number is below this. */
    size: () => texts.length,
  }
}

/** Something that a server knows by an id. */
type Remote = { server: string; id: string }
/**
 * Numbers for things of servers, from 1; 0 is nothing. Ids are kept by server: a text put together of both would be kept in memory with
 * its two halves, for each of some hundred thousand accounts.
 */
export const makeRemotes = () => {
  // Rows come server by server, so the latest one's is at hand.
  let latest = { server: '', there: new Map<string, number>() }
  const numbers = new Map([[latest.server, latest.there]])
  const [servers, ids] = [[''], ['']]
  const idsOf = (server: string): Map<string, number> => {
    if (latest.server === server) return latest.there
    const there = numbers.get(server) ?? new Map<string, number>()
    numbers.set(server, there)
    latest = { server, there }
    return there
  }
  return {
    of: (server: string, id: string | null): number => {
      if (id === null) return 0
      const there = idsOf(server)
      const known = there.get(id)
      if (known !== undefined) return known
      there.set(id, ids.length)
      servers.push(server)
      return ids.push(id) - 1
    },
    find: ({ server, id }: Remote): number => numbers.get(server)?.get(id) ?? -1,
    remote: (number: number): Remote => ({ server: servers[number] ?? '', id: ids[number] ?? '' }),
  }
}
/** Ids of servers, each by a small number. */
export type Remotes = ReturnType<typeof makeRemotes>

/**
 * Numbers for JSON arrays of texts; 0 is the empty one. The number is where the set stands in the pool: first how many there are in it, then
 * the number of each text. One array for all, since passes over thousands of reports would else wait for the memory.
 */
export const makeSets = () => {
  const places = new Map<string, number>()
  const items = makeNames()
  let pool = new Int32Array(1)
  let used = 1
  const add = (texts: readonly unknown[]): number => {
    const place = used
    pool = widened(pool, used + texts.length + 1)
    pool[used++] = texts.length
    for (const text of texts) pool[used++] = items.of(String(text))
    return place
  }
  return {
    of: (json: string): number => {
      if (json === '[]') return 0
      const known = places.get(json)
      if (known !== undefined) return known
      const texts: unknown[] = JSON.parse(json)
      const place = add(texts)
      places.set(json, place)
      return place
    },
    in: (set: number): Int32Array => pool.subarray(set + 1, set + 1 + (pool[set] ?? 0)),
    items,
    /** For each set whether this item is in it. */
    having: (item: string): Uint8Array => {
      const number = items.find(item)
      const has = new Uint8Array(used)
      for (let set = 1; set < used; set += 1 + (pool[set] ?? 0))
        if (pool.subarray(set + 1, set + 1 + (pool[set] ?? 0)).includes(number)) has[set] = 1
      return has
    },
  }
}
/** Lists of small numbers, each kept once. */
export type Sets = ReturnType<typeof makeSets>

/**
 * What places reports, in columns by report number. Texts stand as numbers: `target` for an account of a server, `origin` for the
 * domain it is on, `reporter` for who filed it, `source` for the domain that they are on, `assignee` for a moderator of a server; `rules` and
 * `languages` are sets of texts. `time`: when an open one came, or a closed one was closed.
 */
export type Columns = {
  severity: Uint8Array
  time: Float64Array
  server: Int32Array
  target: Int32Array
  origin: Int32Array
  reporter: Int32Array
  source: Int32Array
  assignee: Int32Array
  rules: Int32Array
  languages: Int32Array
}
const wholes = [
  'server',
  'target',
  'origin',
  'reporter',
  'source',
  'assignee',
  'rules',
  'languages',
] as const satisfies (keyof Columns)[]

const columnsFor = (size: number): Columns => ({
  severity: new Uint8Array(size),
  time: new Float64Array(size),
  server: new Int32Array(size),
  target: new Int32Array(size),
  origin: new Int32Array(size),
  reporter: new Int32Array(size),
  source: new Int32Array(size),
  assignee: new Int32Array(size),
  rules: new Int32Array(size),
  languages: new Int32Array(size),
})

/** A report as the columns are filled from it. */
export type PlacedRow = {
  n: number
  server: string
  severity: number
  time: number
  target_id: string
  target_domain: string | null
  reporter_id: string
  reporter_domain: string | null
  assigned_id: string | null
  assigned_to: string | null
  rules: string
  languages: string
  keys: string
}

/** The columns with the names of what stands in them. */
export const makeColumns = () => {
  const names = {
    server: makeNames(),
    target: makeRemotes(),
    domain: makeNames(),
    reporter: makeRemotes(),
    assignee: makeRemotes(),
    rules: makeSets(),
    languages: makeSets(),
  }
  const rulesOf = new Map<string, string>()
  /** `["1"]` of `s1` as `["s1 1"]`, since each server numbers its rules for itself. There are few, so each is put together once. */
  const withServer = (rules: string, server: string): string => {
    const key = `${server}${rules}`
    const ids: unknown[] = rulesOf.has(key) ? [] : JSON.parse(rules)
    const json = rulesOf.get(key) ?? JSON.stringify(ids.map(id => `${server} ${id}`))
    rulesOf.set(key, json)
    return json
  }
  /** How a moderator is called, by their number. */
  const assignees = new Map<number, string>()
  let all = columnsFor(0)
  const makeRoom = (n: number) => {
    if (n < all.time.length) return
    const wider = columnsFor(Math.ceil(n * 1.2) + 1024)
    wider.severity.set(all.severity)
    wider.time.set(all.time)
    for (const name of wholes) wider[name].set(all[name])
    all = wider
  }
  return {
    names,
    all: () => all,
    nameOf: (assignee: number): string => assignees.get(assignee) ?? '',
    makeRoom,
    note: (row: PlacedRow) => {
      makeRoom(row.n)
      const { n, server } = row
      all.severity[n] = row.severity
      all.time[n] = row.time
      all.server[n] = names.server.of(server)
      all.target[n] = names.target.of(server, row.target_id)
      all.origin[n] = names.domain.of(row.target_domain)
      all.reporter[n] = names.reporter.of(server, row.reporter_id === '' ? null : row.reporter_id)
      all.source[n] = names.domain.of(row.reporter_domain)
      const assignee = names.assignee.of(server, row.assigned_id)
      all.assignee[n] = assignee
      if (assignee !== 0 && row.assigned_to !== null) assignees.set(assignee, row.assigned_to)
      all.rules[n] = row.rules === '[]' ? 0 : names.rules.of(withServer(row.rules, server))
      all.languages[n] = names.languages.of(row.languages)
    },
  }
}
/** What the queue knows of every report, a column a fact. */
export type ColumnStore = ReturnType<typeof makeColumns>

/** How many different values a column has for these reports. */
export const countDifferent = (column: Int32Array, numbers: Int32Array): number => {
  let met = new Uint8Array(1024)
  let count = 0
  for (let i = 0; i < numbers.length; i++) {
    const value = column[numbers[i] ?? 0] ?? 0
    if (value >= met.length) {
      const wider = new Uint8Array(value * 2)
      wider.set(met)
      met = wider
    }
    if (met[value] === 1) continue
    met[value] = 1
    count++
  }
  return count
}
