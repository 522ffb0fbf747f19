import type { Batch, BatchItem } from '../../src/shared/contract/batches.ts'
import type { Engine } from '../../src/shared/contract/index.ts'
import { type Ground, openGround, openRows, signInAndSync, until } from './ground.ts'

/** A desk of the `admin`, whose account and login these are, and all open reports as items of a batch; the grace window is two seconds. */
export const openBatchGround = async (options: Parameters<typeof openGround>[0] = {}) => {
  const ground = await openGround(options)
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  await desk.call('settings.set', { graceSeconds: 2 })
  const account = ground.server.world.accountsByHandle.get('admin')
  if (!account?.user) throw new Error('no admin')
  const rows = await openRows(desk)
  const items: BatchItem[] = rows.map(({ id }) => ({ server: key, subject: { of: 'report', id } }))
  return {
    ground,
    desk,
    key,
    rows,
    items,
    account,
    user: account.user,
    [Symbol.asyncDispose]: () => ground[Symbol.asyncDispose](),
  }
}

/** A batch as it stands. */
export const readBatch = async (desk: Engine, id: string): Promise<Batch> => {
  const found = (await desk.call('batches.list', { all: true })).batches.find(batch => batch.id === id)
  if (!found) throw new Error(`no batch ${id}`)
  return found
}

/** Waits until a batch is so; the clock moves a second a try. */
export const untilBatch = (ground: Ground, desk: Engine, id: string, fits: (batch: Batch) => boolean): Promise<Batch> =>
  until(() => readBatch(desk, id), fits, ground.patient, 1_000)

/** What the server received of reports that are to be closed. */
export const resolves = (ground: Ground) => ground.server.ledger.of(/\/resolve$/)

/** So long that whatever could go out would have. */
export const waitLong = async (ground: Ground): Promise<void> => {
  for (let n = 0; n < 20; n++) {
    ground.patient.advance(15_000)
    await new Promise(resolve => setTimeout(resolve, 1))
  }
}
