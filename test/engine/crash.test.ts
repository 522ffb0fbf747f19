import { expect, test } from 'vitest'
import { smallWorld } from '../../src/main/sample/rules/small-world.ts'
import { startSampleServer } from '../../src/main/sample/server.ts'
import type { Draft } from '../../src/shared/contract/drafts.ts'
import { allDecisions, type Child, judge, startChild } from './crash-ground.ts'
import { tempFolder, until } from './ground.ts'

/** States that a decision may be left in, once its first look back is over: an unknown one is looked at for ten minutes. */
const quiet = new Set(['done', 'unknown', 'failed', 'stopped', 'not-done'])

test('killed right after an acknowledgement and at any moment of a write: none lost, none sent twice', {
  timeout: 90_000,
}, async () => {
  const server = await startSampleServer({ world: smallWorld(Date.now()), jobDelay: 0 })
  using folder = tempFolder()
  const acknowledged: string[] = []
  const drafts: Draft[] = []
  let child: Child | undefined
  try {
    child = await startChild(folder.path)
    const signedIn = await child.call('servers.signIn', { url: server.url, token: 'admin' })
    await child.call('settings.set', { graceSeconds: 2 })
    await child.call('sync.now', { all: true })
    const open = server.world.reports
      .all()
      .filter(report => report.actionTakenAt === null && report.assignedAccountId === null)
    const reports = open.map(report => report.id)
    const key = signedIn.server.key
    for (let round = 0; round < 6; round++) {
      server.faults.clear()
      server.faults.add({ kind: 'delayed', ms: 40, after: round % 2 === 0 }, { method: 'POST', times: 99 })
      for (const kind of ['report.assign', 'report.assign', 'report.close'] as const) {
        const report = reports.shift()
        if (report === undefined) throw new Error('no report left')
        const { decision } = await child.call('decisions.arm', {
          server: key,
          subject: { of: 'report', id: report },
          kind,
        })
        acknowledged.push(decision.id)
      }
      const written = { of: 'note' as const, key: `${key} ${round}`, words: { text: `round ${round}` } }
      await child.call('drafts.keep', written)
      drafts.push(written)
      // From the moment of the acknowledgement to after the answer of the server.
      await new Promise(resolve => setTimeout(resolve, round * 25))
      await child.kill()
      child = await startChild(folder.path)
      expect(await child.call('drafts.list', {})).toEqual({ drafts })
    }
    server.faults.clear()
    const last = child
    const decisions = await until(
      () => allDecisions(last),
      all => all.every(one => quiet.has(one.state) && one.steps.at(-1)?.why !== 'why.crash'),
    ).catch(() => allDecisions(last))
    const { lost, twice, wrong } = judge(server, acknowledged, decisions)
    expect({ lost, twice }).toEqual({ lost: [], twice: [] })
    expect(wrong).toEqual([])
    expect(decisions).toHaveLength(acknowledged.length)
    expect(decisions.filter(one => !quiet.has(one.state))).toEqual([])
    expect(await last.call('log.verify', {})).toMatchObject({ ok: true })
    await last.close()
  } finally {
    await child?.kill()
    await server.close()
  }
})
