import type { Clock } from '../../shared/clock.ts'
import type { Failure } from '../../shared/contract/failure.ts'
import type { ServerKey } from '../../shared/contract/ids.ts'
import type { Gate } from './db/gate.ts'
import type { WriteDb } from './db/handle.ts'
import type { LogDraft } from './log/append.ts'
import type { Guard } from './mastodon/request.ts'
import type { Session } from './mastodon/session.ts'

/** What every noun of the engine is given: data, time, the way out, and who is signed in. */
export type Context = {
  folder: string
  gate: Gate
  clock: Clock
  /** From 0 to 1, by chance. */
  random(): number
  guard: Guard
  /** Seals and opens secrets; asked of the door that started the engine. */
  door: {
    seal(secret: string): Promise<{ sealed: string; by: 'keyring' | 'key-file' }>
    unseal(sealed: string): Promise<{ secret: string; resealed?: string | undefined }>
  }
  /** Writes one entry of the log, within the transaction that it tells of. */
  log(db: WriteDb, draft: LogDraft): void
  /** Who is signed in, by server. */
  sessions: Map<ServerKey, Session>
  /** Whether a server's stream is open, and when it last said (or may have said, unheard) that there is something new. */
  push: { isLive(server: ServerKey): boolean; hintedAt(server: ServerKey): number; close(server: ServerKey): void }
  /** Reads a server now, of which nothing is held any more. */
  readAnew(server: ServerKey): void
  /** Ends when nothing is left of what was held of a server before it was put back (`Emptying.over`). */
  emptied(session: Session, signal: AbortSignal): Promise<void>
  /** Tells the whole engine how a request to a server went: reached (null), or the failure. */
  heard(server: ServerKey, failure: Failure | null): void
  /** Aborts when the engine closes. */
  stop: AbortSignal
}
