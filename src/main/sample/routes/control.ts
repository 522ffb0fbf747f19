/** `/__sample/`: ledger, clock and faults for tests that run elsewhere. Reached with the control token only; no throttle counts it. */
import { applyFaults, parseFaults } from '../faults/spec.ts'
import { takeBackup } from '../rules/backup.ts'
import { deleteStatus } from '../rules/posts.ts'
import type { Site } from './call.ts'
import type { WebApp, WebContext } from './node-bindings.ts'

/** A JSON object of a request, or an empty one. */
async function bodyOf(context: WebContext): Promise<Record<string, unknown>> {
  const value: unknown = await context.req.json().catch(() => null)
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function isAllowed(site: Site, context: WebContext): boolean {
  const given =
    context.req.header('x-sample-control') ?? /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '')?.[1]
  return site.control !== null && given === site.control
}

/** Adds the control routes to the app. Without a control token they answer 404, as any address that does not exist. */
export function addControl(app: WebApp, site: Site): void {
  const guarded = (run: (context: WebContext) => Response | Promise<Response>) => (context: WebContext) =>
    isAllowed(site, context) ? run(context) : context.notFound()
  const { sample, ledger, faults } = site

  app.get(
    '/__sample/ledger',
    guarded(context => context.json(ledger.entries)),
  )
  app.delete(
    '/__sample/ledger',
    guarded(context => {
      ledger.clear()
      return context.json({})
    }),
  )
  app.get(
    '/__sample/mails',
    guarded(context => context.json(sample.traces.mails)),
  )
  app.get(
    '/__sample/audit',
    guarded(context => context.json(sample.traces.audit)),
  )
  app.get(
    '/__sample/files',
    guarded(context => context.json(sample.traces.files)),
  )
  app.get(
    '/__sample/jobs',
    guarded(context => context.json(sample.jobs.all)),
  )
  app.get(
    '/__sample/clock',
    guarded(context => context.json({ now: new Date(sample.clock.now()).toISOString() })),
  )
  app.post(
    '/__sample/clock',
    guarded(async context => {
      const ms = Number((await bodyOf(context)).advance_ms ?? 0)
      if (!(ms >= 0)) return context.json({ error: 'advance_ms must be a number of milliseconds, 0 or more' }, 422)
      sample.clock.advance(ms)
      return context.json({ now: new Date(sample.clock.now()).toISOString() })
    }),
  )
  app.get(
    '/__sample/faults',
    guarded(context => context.json(faults.list())),
  )
  app.post(
    '/__sample/faults',
    guarded(async context => {
      const body = await bodyOf(context)
      const spec = String(body.spec ?? '')
      try {
        const only = {
          ...(body.times === undefined ? {} : { times: Number(body.times) }),
          ...(body.method === undefined ? {} : { method: String(body.method) }),
        }
        if (body.times === undefined && body.method === undefined) applyFaults(faults, spec)
        else for (const { fault, match } of parseFaults(spec)) faults.add(fault, { ...match, ...only })
      } catch (reason) {
        return context.json({ error: reason instanceof Error ? reason.message : String(reason) }, 422)
      }
      return context.json(faults.list())
    }),
  )
  app.delete(
    '/__sample/faults',
    guarded(context => {
      faults.clear()
      return context.json([])
    }),
  )
  let putBack: (() => void) | null = null
  app.post(
    '/__sample/backup',
    guarded(context => {
      putBack = takeBackup(sample.world)
      return context.json({})
    }),
  )
  app.delete(
    '/__sample/backup',
    guarded(context => {
      if (putBack === null) return context.json({ error: 'no backup was taken' }, 422)
      putBack()
      site.streams.cutAll()
      return context.json({})
    }),
  )
  app.delete(
    '/__sample/throttles',
    guarded(context => {
      site.throttles.clear()
      return context.json({})
    }),
  )
  app.delete(
    '/__sample/posts/:id',
    guarded(context => {
      const status = sample.world.statuses.get(context.req.param('id') ?? '')
      const author = status && sample.world.account(status.accountId)
      if (!status || !author) return context.notFound()
      deleteStatus(author, status, sample.clock.now())
      return context.json({})
    }),
  )
  app.get(
    '/__sample/labels',
    guarded(context => {
      const labels = (rows: Iterable<{ readonly id: string; readonly label: string | null }>): Record<string, string> =>
        Object.fromEntries([...rows].flatMap(row => (row.label === null ? [] : [[row.id, row.label]])))
      return context.json({
        reports: labels(sample.world.reports.all()),
        accounts: labels(sample.world.accounts.all()),
      })
    }),
  )
}
