import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { openDesk } from './desk.ts'
import { type Figure, figure, quantile } from './figure.ts'
import { startSample } from './sample-beside.ts'

const [REPORTS, ROUNDS, TARGET_MS] = [2_000, 9, 1_000]
const Ids = z.array(z.object({ id: z.string() }))
const everything = { filter: {}, group: 'none', sort: 'newest' } as const

/** From the moment that a member files a report until the desk reads its row, by the server's stream; door, engine and server each in a process. */
export const benches = async (): Promise<Figure[]> => {
  await using sample = await startSample(REPORTS)
  const { url } = sample
  const path = mkdtempSync(join(tmpdir(), 'howdah-bench-push-'))
  try {
    await using desk = await openDesk(path)
    const { engine } = desk
    await engine.call('servers.signIn', { url, token: 'admin' })
    await engine.call('sync.now', { all: true })
    const ask = async (caller: string, route: string, form?: Record<string, string>): Promise<unknown> => {
      const sent = form ? { method: 'POST', body: new URLSearchParams(form) } : {}
      return await (await fetch(url + route, { headers: { authorization: `Bearer ${caller}` }, ...sent })).json()
    }
    const idsAt = async (route: string) => Ids.parse(await ask('owner', route))
    // The stream says nothing of whom an open report is about already.
    const quiet: string[] = []
    for (const { id } of await idsAt('/api/v2/admin/accounts?origin=remote&status=active&limit=200')) {
      if (quiet.length >= ROUNDS) break
      if ((await idsAt(`/api/v1/admin/reports?target_account_id=${id}`)).length === 0) quiet.push(id)
    }
    const took: number[] = []
    for (const [round, id] of quiet.entries()) {
      const comment = `pushed ${round}`
      let [begun, stop] = [0, () => {}]
      const shown = new Promise<void>((resolve, reject) => {
        stop = engine.watch(['reports'], () => {
          engine
            .call('reports.open', everything)
            .then(({ list }) => engine.call('reports.lines', { list, from: 0, count: 50 }))
            .then(({ lines }) => {
              if (lines.some(each => each.line === 'report' && each.row.comment === comment)) resolve()
            })
            .catch(reject)
        })
      })
      begun = performance.now()
      await ask('member', '/api/v1/reports', { account_id: id, comment })
      await shown
      took.push(performance.now() - begun)
      stop()
    }
    return [
      figure('pushed report, from filing to its row', quantile(took, 0.95), 'ms', {
        target: TARGET_MS,
        context: `${took.length} reports, one after the other; door, engine and sample server in processes of their own; median ${Math.round(quantile(took, 0.5))}; drawing it takes a frame or two more`,
      }),
    ]
  } finally {
    rmSync(path, { recursive: true, force: true })
  }
}
