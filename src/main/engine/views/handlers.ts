import { randomUUID } from 'node:crypto'
import { Failure } from '../../../shared/contract/failure.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import { MOST_VIEWS, type View, type views } from '../../../shared/contract/views.ts'
import type { Context } from '../context.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { dropView, listViews, putView } from './table.ts'

/** Lists that were given a name. Each change is logged; names and what is searched for stand there as personal values. */
export const viewsHandlers = ({ gate, clock, log }: Context): Handlers<typeof views, unknown> => {
  const found = (db: ReadDb, id: string): View => {
    const known = listViews(db).find(view => view.id === id)
    if (!known) throw new Failure('not-found', { reason: 'failure.view-gone' })
    return known
  }
  const refuseTaken = (db: ReadDb, { id, name }: Pick<View, 'id' | 'name'>) => {
    const wanted = name.toLowerCase()
    if (listViews(db).some(view => view.id !== id && view.name.toLowerCase() === wanted))
      throw new Failure('conflict', { reason: 'failure.view-name-taken' })
  }
  const logged = (db: WriteDb, action: 'view.saved' | 'view.changed' | 'view.removed', { id, name, asks }: View) =>
    log(db, {
      source: 'did',
      action,
      server: null,
      facts: { view: id },
      personal: { name, asks: JSON.stringify(asks) },
    })
  return {
    'views.list': () => gate.read(db => ({ views: listViews(db) })),
    'views.save': ({ name, asks }) =>
      gate.write(['views', 'log'], db => {
        const view: View = { id: randomUUID(), name, asks }
        refuseTaken(db, view)
        if (listViews(db).length >= MOST_VIEWS)
          throw new Failure('conflict', { reason: 'failure.views-full', most: MOST_VIEWS })
        putView(db, view, clock.now())
        logged(db, 'view.saved', view)
        return { view }
      }),
    'views.change': ({ id, name, asks }) =>
      gate.write(['views', 'log'], db => {
        const before = found(db, id)
        const view: View = { id, name: name ?? before.name, asks: asks ?? before.asks }
        if (JSON.stringify(view) === JSON.stringify(before)) return { view }
        refuseTaken(db, view)
        putView(db, view, clock.now())
        logged(db, 'view.changed', view)
        return { view }
      }),
    'views.remove': ({ id }) =>
      gate.write(['views', 'log'], db => {
        const view = found(db, id)
        dropView(db, id)
        logged(db, 'view.removed', view)
        return {}
      }),
  }
}
