/** Finds accounts by handle in the table of their domain, which makes its index only when asked: a million handles cost seconds. */
import type { AccountRecord } from './model.ts'
import type { Table } from './table.ts'

/** Accounts by their handle. */
export class Handles {
  private readonly byDomain: ReadonlyMap<string, Table<AccountRecord>>

  /** `byDomain`: tables with the lower-case user name as their key; '' is home. */
  constructor(byDomain: ReadonlyMap<string, Table<AccountRecord>>) {
    this.byDomain = byDomain
  }

  /** The account with this handle: `name` or `name@domain`, lower case. */
  get(handle: string): AccountRecord | undefined {
    const at = handle.indexOf('@')
    const domain = at === -1 ? '' : handle.slice(at + 1)
    return this.byDomain.get(domain)?.find(at === -1 ? handle : handle.slice(0, at))
  }

  has(handle: string): boolean {
    return this.get(handle) !== undefined
  }
}
