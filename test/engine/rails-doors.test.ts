import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { DecisionKind, Fields, Subject } from '../../src/shared/contract/decisions.ts'
import { contract } from '../../src/shared/contract/index.ts'
import { addAllow } from './domains-ground.ts'
import { type Ground, openGround, signInAndSync } from './ground.ts'
import { colleaguesOf } from './sync-ground.ts'

/** Every guard rail of DESIGN §6: what it keeps from going out, and whether the typed name lets it go alone. */
type Rail = { of: Subject['of']; id: string; kind: DecisionKind; fields?: Fields; code: string; name?: string }

/** Reports about the person at the desk and about someone whose role is above theirs. */
const fileReports = (ground: Ground): { me: string; owner: string } => {
  const [me, owner] = ['admin', 'owner'].map(name => ground.server.world.accountsByHandle.get(name)?.id)
  if (!me || !owner) throw new Error('too small a world')
  for (const targetAccountId of [me, owner]) colleaguesOf(ground).file('new', { targetAccountId, statusIds: [] })
  return { me, owner }
}

test.each(['desktop', 'browser', 'cli'] as const)(
  'no guard rail is missing at the door %s, alone, in a batch, or in the file of a batch',
  async door => {
    await using ground = await openGround()
    const { me, owner } = fileReports(ground)
    addAllow(ground, 'social.friend.example')
    await ground.openEngine()
    const { key } = await signInAndSync(ground, 'admin')
    const desk = ground.client(door)
    const file = join(ground.folder, 'batch.json')
    const own = ground.server.world.instance.domain
    const block = { of: 'domain', kind: 'domain.block', fields: { severity: 'suspend' } } as const
    const rails: readonly Rail[] = [
      { of: 'account', id: me, kind: 'account.suspend', code: 'refusal.own-account' },
      { of: 'account', id: owner, kind: 'account.suspend', code: 'brake.staff', name: '@owner' },
      { ...block, id: own, code: 'refusal.own-domain' },
      { ...block, id: 'social.friend.example', code: 'refusal.allowed-domain' },
      { ...block, id: 'co.uk', code: 'refusal.public-suffix' },
      { ...block, id: 'github.io', code: 'brake.hosting-suffix', name: 'github.io' },
      { ...block, id: 'spam.example', code: 'brake.unmeasured', name: 'spam.example' },
    ]
    for (const { of, id, kind, fields = {}, code, name } of rails) {
      const subject = { of, id }
      const arm = (typed: string, elsewhere = false) =>
        desk.call('decisions.arm', { server: key, subject, kind, fields, typed, elsewhere, despite: true })
      for (const typed of ['', 'something else', ...(name === undefined ? [id, `@${own}`] : [])])
        await expect(arm(typed, true), `${id} ${typed}`).rejects.toMatchObject({ detail: { reason: code } })
      const items = [{ server: key, subject }]
      expect(await desk.call('batches.preview', { kind, items, fields })).toMatchObject({
        possible: 0,
        left: [{ code, count: 1 }],
      })
      // As a file, the way a program would hand a batch over.
      writeFileSync(file, JSON.stringify({ kind, items, fields, label: 'by file' }))
      const asked = contract['batches.arm'].input.parse(JSON.parse(readFileSync(file, 'utf8')))
      await expect(desk.call('batches.arm', asked)).rejects.toMatchObject({ detail: { reason: 'failure.empty-batch' } })
      if (name === undefined) continue
      const { decision } = await arm(name)
      expect(decision.state).toBe('held')
      await desk.call('decisions.takeBack', { id: decision.id })
    }
    expect(ground.server.ledger.of(/\/(domain_blocks|action)(\/|$)/)).toEqual([])
  },
)
