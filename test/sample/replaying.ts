/** How a recorded answer and a new one are compared: the same status, keys, types, Link headers and values, but for what must differ. */

export type Recorded = {
  readonly n: number
  readonly label: string
  readonly as: string | null
  readonly request: {
    readonly method: string
    readonly path: string
    readonly json?: unknown
    readonly form?: string
    readonly accept?: string | null
  }
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly entries?: number
}

/** Ids that the real server made, and those made here in their place. */
export class Ids {
  private readonly initial = new Set<string>()
  private readonly renamed = new Map<string, string>()

  /** Ids of the state are the same on both sides. */
  constructor(state: unknown) {
    this.collect(state)
  }

  private collect(value: unknown): void {
    if (Array.isArray(value)) for (const item of value) this.collect(item)
    else if (typeof value === 'object' && value !== null) {
      if ('id' in value && typeof value.id === 'string') this.initial.add(value.id)
      for (const item of Object.values(value)) this.collect(item)
    }
  }

  /** True when `got` may stand where `want` was recorded. */
  agree(want: string, got: string): boolean {
    if (this.initial.has(want)) return want === got
    const known = this.renamed.get(want)
    if (known === undefined) this.renamed.set(want, got)
    return known === undefined || known === got
  }

  inPath(path: string): string {
    return path.replace(/(?<=\/)\d+(?=\/|\?|$)/g, id => this.renamed.get(id) ?? id)
  }

  inText(text: string): string {
    return text.replace(/(?<!\d)\d+(?!\d)/g, id => this.renamed.get(id) ?? id)
  }
}

const time = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|\+00:00))?$/

/** Values that two servers cannot share: addresses, secrets, sizes, days. */
const free = new Set([
  ...[
    'url',
    'uri',
    'avatar',
    'avatar_static',
    'header',
    'header_static',
    'preview_url',
    'canonical_email_hash',
    'client_id',
  ],
  ...[
    'client_secret',
    'vapid_key',
    'access_token',
    'created_at',
    'human_value',
    'value',
    'total',
    'previous_total',
    'history',
  ],
  ...['day', 'issuer', 'last_status_at', 'error_description', 'source_url', 'thumbnail'],
])

/** Answers whose values depend on when they are asked: shape only. */
const loosePaths =
  /\/admin\/(measures|dimensions|retention)|\/api\/v[12]\/instance|\/search|\/peers|oauth-authorization/

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value
}

/** What differs, by place. */
export function compare(want: unknown, got: unknown, ids: Ids, step: Recorded): string[] {
  const loose = loosePaths.test(step.request.path)
  const walk = (a: unknown, b: unknown, place: string): string[] => {
    if (kindOf(a) !== kindOf(b)) return [`${place}: ${JSON.stringify(a)} became ${JSON.stringify(b)}`]
    if (Array.isArray(a) && Array.isArray(b)) {
      const lengths = a.length === b.length || loose ? [] : [`${place}: ${a.length} entries became ${b.length}`]
      return [...lengths, ...a.slice(0, b.length).flatMap((item, at) => walk(item, b[at], `${place}[${at}]`))]
    }
    if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null) {
      const left = new Map<string, unknown>(Object.entries(a))
      const right = new Map<string, unknown>(Object.entries(b))
      const missing = [...left.keys()].filter(key => !right.has(key)).map(key => `${place}.${key} is missing`)
      const extra = [...right.keys()]
        .filter(key => !left.has(key))
        .map(key => `${place}.${key} is not in the real answer`)
      const shared = [...left]
        .filter(([key]) => right.has(key))
        .flatMap(([key, value]) => walk(value, right.get(key), `${place}.${key}`))
      return [...missing, ...extra, ...shared]
    }
    if (a === b || loose) return []
    const key = place.split('.').at(-1)?.replace(/\[.*/, '') ?? ''
    if (typeof a === 'string' && typeof b === 'string') {
      if (key === 'id') return ids.agree(a, b) ? [] : [`${place}: id ${a} became ${b}`]
      if (free.has(key) || (time.test(a) && time.test(b)) || a.includes('home.example')) return []
    }
    return key.endsWith('_count') || key === 'created_at'
      ? []
      : [`${place}: ${JSON.stringify(a)} became ${JSON.stringify(b)}`]
  }
  return walk(want, got, '$')
}

/** Relations of a Link header with path and sorted parameters. */
export function linksOf(
  header: string | null | undefined,
  rename: (text: string) => string,
): Record<string, [string, string[]]> {
  const links: Record<string, [string, string[]]> = {}
  for (const [, address = '', relation = ''] of (header ?? '').matchAll(/<([^>]*)>; rel="(\w+)"/g)) {
    const url = new URL(address)
    links[relation] = [url.pathname, [...new URLSearchParams(rename(url.search))].map(pair => pair.join('=')).sort()]
  }
  return links
}
