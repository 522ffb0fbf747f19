import { forgetPersonal } from './accounts/table.ts'
import type { Context } from './context.ts'
import type { WriteDb } from './db/handle.ts'
import { type Data, markVaultDamaged } from './db/open.ts'
import { forgetDrafts } from './drafts/table.ts'
import { forgetRejected } from './signups/rejected.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** Reading every page waits until the first desk has had its first rows. */
const AFTER_FIRST_PAINT_MS = 3_000

/** What keeps the data of a folder well. */
export type Upkeep = {
  /** Tells the log what had to be mended at opening, and forgets what is no longer needed. */
  opened(): void
  /** Looks at everything a little later, and then each day; once. */
  begin(): void
  /** Damage that a page of the sync met is looked for at once, but at most once an hour. */
  soon(): void
  stop(): void
}

/** Looks for damage, forgets personal data, and keeps the day's copy. */
export const makeUpkeep = (
  context: Context,
  data: Data,
  runTask: (name: string, data: unknown) => Promise<unknown>,
  on: { fault(error: unknown): void },
): Upkeep => {
  const { gate, clock, folder } = context
  const logRenewed = (db: WriteDb) =>
    context.log(db, {
      source: 'did',
      action: 'mirror.renewed',
      server: null,
      facts: { generation: data.generation() },
    })

  /** Damage and copy are found by reading every page, so they wait for the first desk. */
  const inspect = async () => {
    gate.write([], (db, touch) => {
      if (forgetPersonal(db, clock.now()) > 0) touch('accounts')
      if (forgetRejected(db, clock.now()) > 0) touch('signups')
      if (forgetDrafts(db, clock.now()) > 0) touch('drafts')
    })
    const damaged = await runTask('data.check', null)
    const parts = Array.isArray(damaged) ? damaged : []
    if (parts.includes('main')) markVaultDamaged(folder)
    else await runTask('data.copy', new Date(clock.now()).toISOString().slice(0, 10))
    if (!parts.includes('mirror') || context.stop.aborted) return
    data.renewMirror()
    gate.write(['log'], logRenewed)
    for (const key of context.sessions.keys()) context.readAnew(key)
  }
  let stop = () => {}
  let inspectedAt: number | undefined
  const daily = () => {
    inspectedAt = clock.now()
    // A look that the end of the engine cut off is no fault.
    inspect().catch((error: unknown) => context.stop.aborted || on.fault(error))
    stop = clock.after(DAY_MS, daily)
  }
  return {
    opened: () =>
      gate.write(['log'], db => {
        const { salvage, mirrorRenewed } = data.happened
        if (salvage)
          context.log(db, {
            source: 'did',
            action: 'vault.salvaged',
            server: null,
            facts: { from: salvage.from, rows: salvage.rows, incomplete: salvage.incomplete },
          })
        if (mirrorRenewed) logRenewed(db)
        forgetPersonal(db, clock.now())
      }),
    begin: () => {
      stop = clock.after(AFTER_FIRST_PAINT_MS, daily)
    },
    soon: () => {
      if (clock.now() - (inspectedAt ?? 0) < HOUR_MS) return
      stop()
      daily()
    },
    stop: () => stop(),
  }
}
