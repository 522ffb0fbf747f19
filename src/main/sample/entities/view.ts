/**
 * How one request sees the world: base address, viewer, and the JSON text of accounts, made once a request. Entities with accounts in
 * them are put together from JSON texts: a page of 200 reports names the same accounts again and again.
 */
import type { AccountRecord } from '../rules/model.ts'
import type { Sample } from '../rules/sample.ts'

/** JSON text of a value. */
export type JsonText = string

/** How things are shown to one caller, each account made into JSON once an answer. */
export class View {
  readonly sample: Sample
  /** Address of this server without a trailing slash, e.g. `http://127.0.0.1:3000`. */
  readonly base: string
  /** Whose token was sent; null for none or an application's own. */
  readonly viewer: AccountRecord | null
  readonly accounts = new Map<AccountRecord, JsonText>()
  readonly adminAccounts = new Map<AccountRecord, JsonText>()
  private readonly found = new Map<string, AccountRecord>()
  private readonly written: string

  constructor(sample: Sample, base: string, viewer: AccountRecord | null) {
    this.sample = sample
    this.base = base
    this.viewer = viewer
    this.written = `https://${sample.world.instance.domain}/`
  }

  /** The account with this id: looked for once a request. */
  account(id: string): AccountRecord | undefined {
    const known = this.found.get(id)
    if (known !== undefined) return known
    const account = this.sample.world.account(id)
    if (account !== undefined) this.found.set(id, account)
    return account
  }

  /** The absolute address of a path on this server; other addresses as they are. */
  url(address: string): string {
    return address.startsWith('/') ? this.base + address : address
  }

  /** The same, null for null. */
  urlOrNull(address: string | null): string | null {
    return address === null ? null : this.url(address)
  }

  /** The absolute address of a file of media: on this server, or where its media lies. */
  mediaUrlOrNull(address: string | null): string | null {
    const elsewhere = this.sample.mediaBase
    return elsewhere !== null && address?.startsWith('/') ? elsewhere + address : this.urlOrNull(address)
  }

  /** HTML with local links leading to this server. */
  html(text: string): string {
    return text.includes(this.written) ? text.replaceAll(this.written, `${this.base}/`) : text
  }

  /** True when the release played sends a field that exists since `since`. */
  has(since: string): boolean {
    return this.sample.release.has(since)
  }
}

/** JSON text of `head` with more keys whose values are JSON texts already. `head` must have a key. */
export function withTexts(head: object, texts: Readonly<Record<string, JsonText>>): JsonText {
  let text = JSON.stringify(head).slice(0, -1)
  for (const key in texts) text += `,"${key}":${texts[key]}`
  return `${text}}`
}

/** JSON text of an object whose values are JSON texts already. */
export function objectText(texts: Readonly<Record<string, JsonText>>): JsonText {
  return `{${Object.entries(texts)
    .map(([key, text]) => `"${key}":${text}`)
    .join(',')}}`
}

/** The same as bytes: a long page is put into bytes row by row, which spares one text of a million letters. */
export function listBytes(texts: readonly JsonText[]): Buffer {
  const pieces = texts.flatMap((text, at) => [Buffer.from(at === 0 ? '[' : ','), Buffer.from(text)])
  return texts.length === 0 ? Buffer.from('[]') : Buffer.concat([...pieces, Buffer.from(']')])
}

/** JSON text of a list of JSON texts. */
export function listText(texts: readonly JsonText[]): JsonText {
  return `[${texts.join(',')}]`
}
