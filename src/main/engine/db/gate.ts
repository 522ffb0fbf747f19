import type Database from 'better-sqlite3'
import type { Topic } from '../../../shared/contract/topics.ts'
import { asStorageFailure, handleOf, type ReadDb, type WriteDb } from './handle.ts'

/**
 * The only way to the data. A write is one transaction and announces its topics after the commit; it must be synchronous, so that
 * no transaction spans an `await`. SQLite's own troubles arrive as a `Failure` with code `storage`.
 */
export type Gate = {
  read<T>(run: (db: ReadDb) => T): T
  /**
   * `touch` adds topics to those given. Within another write it joins that one's transaction; when it fails, only what it did itself
   * is undone, and its failure is the outer one's to handle.
   */
  write<T>(topics: readonly Topic[], run: (db: WriteDb, touch: (topic: Topic) => void) => T): T
  /** Says that something shown changed that no table holds, such as a server's standing. */
  announce(topics: readonly Topic[]): void
  /** Called after each commit with what it touched. */
  onChange(run: (topics: ReadonlySet<Topic>) => void): () => void
}

/** Makes the gate of one connection. */
export const makeGate = (raw: Database.Database): Gate => {
  let last: (() => void)[] = []
  const db: WriteDb = { ...handleOf(raw), last: work => void last.push(work) }
  const listeners = new Set<(topics: ReadonlySet<Topic>) => void>()
  let gathered: Set<Topic> | undefined
  const guarded = <T>(run: () => T): T => {
    try {
      return run()
    } catch (error) {
      throw asStorageFailure(error)
    }
  }
  return {
    read: run => guarded(() => run(db)),
    write: (topics, run) =>
      guarded(() => {
        const outer = gathered
        const touched = outer ?? new Set<Topic>()
        const outerLast = last
        gathered = touched
        last = []
        try {
          const work = () => {
            const result = run(db, topic => touched.add(topic))
            for (const one of last) one()
            for (const topic of topics) touched.add(topic)
            return result
          }
          // Within a transaction this is a savepoint.
          const result = raw.transaction(work).immediate()
          if (!outer) for (const listener of [...listeners]) listener(touched)
          return result
        } finally {
          gathered = outer
          last = outerLast
        }
      }),
    announce: topics => {
      for (const listener of [...listeners]) listener(new Set(topics))
    },
    onChange: run => {
      listeners.add(run)
      return () => void listeners.delete(run)
    },
  }
}
