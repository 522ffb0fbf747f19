import { type View, ViewAsks } from '../../../shared/contract/views.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'

type Row = { id: string; name: string; asks: string }

/** A view that a newer or older Howdah wrote asks for what is still known of it. */
const toView = ({ id, name, asks }: Row): View[] => {
  const read = ViewAsks.safeParse(JSON.parse(asks))
  return read.success ? [{ id, name, asks: read.data }] : []
}

/** All views, in the order of their names. */
export const listViews = (db: ReadDb): View[] => {
  const views = db.all<Row>('SELECT id, name, asks FROM view').flatMap(toView)
  // The first collator of a process takes some 7 ms: none where there is nothing to put in order.
  if (views.length < 2) return views
  const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
  return views.sort((a, b) => byName.compare(a.name, b.name))
}

/** Stores a view, new or changed. */
export const putView = (db: WriteDb, { id, name, asks }: View, now: number): void =>
  void db.run(
    `INSERT INTO view (id, name, asks, made_at) VALUES (@id, @name, @asks, @now)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, asks = excluded.asks`,
    { id, name, asks: JSON.stringify(asks), now },
  )

/** Removes a view. */
export const dropView = (db: WriteDb, id: string): void => void db.run('DELETE FROM view WHERE id = ?', [id])
