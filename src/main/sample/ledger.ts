/** Every write that reached the server, whatever became of it: what tests compare a client's own log with. */

/** One write. */
export type LedgerEntry = {
  /** 1, 2, 3 … in the order received. */
  readonly n: number
  /** Milliseconds since 1970, by the server's clock. */
  readonly at: number
  /** `acct` of the caller; null without a known token. */
  readonly caller: string | null
  readonly method: string
  /** Path without query. */
  readonly path: string
  /** Parameters as the server read them; secrets of OAuth are left out. */
  readonly body: Readonly<Record<string, unknown>>
  /** Status that the server decided on; null while it decides, or when the request was cut before. */
  status: number | null
  /** True when something on the server changed because of it. */
  effect: boolean
  /** False when the client never got the whole answer. */
  answered: boolean
  /** Kinds of faults that hit it. */
  faults: readonly string[]
}

const secrets = new Set(['client_secret', 'code', 'code_verifier', 'token', 'password', 'access_token'])

/** Every write that came in, in order: what tests and stories count. */
export class Ledger {
  readonly entries: LedgerEntry[] = []

  /** Notes a write that came in. */
  add(entry: Pick<LedgerEntry, 'at' | 'caller' | 'method' | 'path' | 'body'>): LedgerEntry {
    const body = Object.fromEntries(
      Object.entries(entry.body).map(([key, value]) => [key, secrets.has(key) ? '(removed)' : value]),
    )
    const made: LedgerEntry = {
      n: this.entries.length + 1,
      ...entry,
      body,
      status: null,
      effect: false,
      answered: false,
      faults: [],
    }
    this.entries.push(made)
    return made
  }

  /** Writes to a path (text: exact; expression: match), oldest first. */
  of(path: string | RegExp): LedgerEntry[] {
    return this.entries.filter(entry => (typeof path === 'string' ? entry.path === path : path.test(entry.path)))
  }

  clear(): void {
    this.entries.length = 0
  }
}
