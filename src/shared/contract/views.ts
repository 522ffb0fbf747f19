import { z } from 'zod'
import { command, query } from './method.ts'
import { ReportFilter, ReportGrouping, ReportSort } from './reports.ts'

/** The most characters of a view's name, in UTF-16 units. */
export const VIEW_NAME = 60
/** More views than these are refused: nobody finds one among them. */
export const MOST_VIEWS = 50

const ViewId = z.uuid()
const ViewName = z.string().trim().min(1).max(VIEW_NAME)

/** What a list was asked for, to be asked for again. */
export const ViewAsks = z.object({ filter: ReportFilter, group: ReportGrouping, sort: ReportSort })
export type ViewAsks = z.infer<typeof ViewAsks>

/** A list that was given a name. It stays on this computer. */
export const View = z.object({ id: ViewId, name: z.string(), asks: ViewAsks })
export type View = z.infer<typeof View>

/** What may be asked and said about views. */
export const views = {
  /** All views, in the order of their names. */
  'views.list': query(z.object({}), z.object({ views: z.array(View) }), ['views'] as const),
  /** Keeps a list under a name. `conflict` where another view has the name, or there are too many. */
  'views.save': command(z.object({ name: ViewName, asks: ViewAsks }), z.object({ view: View })),
  /** Gives a view another name, or what is asked for now. `not-found` when it was removed, `conflict` where another has the name. */
  'views.change': command(
    z.object({ id: ViewId, name: ViewName.optional(), asks: ViewAsks.optional() }),
    z.object({ view: View }),
  ),
  /** Removes a view; the reports stay. `not-found` when it is gone already. */
  'views.remove': command(z.object({ id: ViewId }), z.object({})),
}
