import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Ability, Server } from '../../../shared/contract/servers.ts'
import type { Context } from '../context.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import type { RequestClass } from '../mastodon/budget.ts'
import type { Ask, Page } from '../mastodon/endpoints/page.ts'
import type { Session } from '../mastodon/session.ts'
import type { ListName } from './cursor.ts'

/** One list of one server being read, for whom, until when. */
export type Reading = {
  context: Context
  session: Session
  list: List
  cls: RequestClass
  signal: AbortSignal
  /**
   * Asked before it is believed that the newest of a list is gone: whether the server was put back to an earlier state, after which nothing
   * that was held is held any more.
   */
  wentBack(): Promise<boolean>
}

/**
 * Since when the list was whole at the place of an id without showing it, in ms: what stands there now came later. Null where it was
 * never whole before, so that a first reading and a rebuilt mirror invent no history.
 */
export type Since = (id: string) => number | null

/** A page with the way to store it: its rows and whatever `also` moves (the cursor) in one transaction. */
export type StoredPage = Page & { store(context: Context, since: Since, also: (db: WriteDb) => void): void }

/** What the walker must know of a list: a noun's small value. */
export type List = {
  name: ListName
  /** What the role and the token must be good for, else the server does not show it (contract A.5, B.3). */
  ability: Extract<Ability, `${string}.see`>
  /** The largest page that this server gives (contract d). */
  most(session: Session): number
  /** How many rows the very first page asks for, so that the first are on screen before a busy server has made a large one. */
  first?: number
  /** How often the gap above the top is closed, in ms; `whenPushed` where the server's stream says when something came. */
  lookMs: { usual: number; whenPushed: number }
  /** True when the stream's hints are about this list. */
  hinted?: boolean
  /** How often it is walked whole to see what changed elsewhere, in ms; null: never. */
  sweepMs: number | null
  /** Where items go that leave this list by what is done to them. */
  leavesTo?: ListName
  /** Where items come from that may be here before we ever saw them there. Such a list is history: it is filled when nothing else waits. */
  comesFrom?: ListName
  read(context: Context, session: Session, ask: Ask): Promise<StoredPage>
  /** Ids that we hold as standing in the list, from `from` (inclusive) to `below` (exclusive); both as `ordOf` gives them. */
  held(db: ReadDb, server: ServerKey, from: string, below: string): string[]
  /**
   * Settles what became of ids that a page no longer shows. Says how many requests it took, and whether all are settled: if not, the
   * page is read again.
   */
  settle(reading: Reading, gone: readonly string[], page: Page): Promise<{ asked: number; all: boolean }>
}

/** True when nothing that is known of role and token speaks against reading the list. */
export const mayRead = (server: Server, list: List): boolean =>
  !server.cannot.some(({ ability }) => ability === list.ability)
