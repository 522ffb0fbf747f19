import { expect, test } from 'vitest'
import type { Rung } from '../../src/shared/contract/decisions.ts'
import { openGround, openRows, signInAndSync } from './ground.ts'

const acting = ['account.warn', 'account.sensitive', 'account.limit', 'account.freeze', 'account.suspend']
const codes = (rung: Rung, part: string) =>
  rung.effects.find(effect => effect.part === part)?.says.map(({ code, values }) => ({ code, values })) ?? []

test('each act on an account says in numbers what it closes, whom it tells, what comes back and what never does', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  const rows = await openRows(desk)
  const isMember = new Set<boolean>()
  for (const row of rows.filter(({ target }) => !target.flags.suspended).slice(0, 60)) {
    const local = row.target.domain === null
    isMember.add(local)
    const open = [...(ground.server.world.reportsByTarget.get(row.target.id) ?? [])].filter(
      report => report.actionTakenAt === null,
    ).length
    const subject = { of: 'report' as const, id: row.id }
    const { rungs } = await desk.call('decisions.ladder', { server: row.server, subject })
    const acts = rungs.filter(({ kind }) => acting.includes(kind))
    expect(acts.map(({ kind }) => kind)).toEqual(acting)
    for (const rung of acts) {
      const closes = codes(rung, 'closes')
      if (rung.kind === 'account.warn')
        expect(closes).toEqual([{ code: 'effect.warn.closes', values: { others: open - 1 } }])
      else expect(closes).toMatchObject([{ code: 'effect.closes', values: { open } }])
      expect(codes(rung, 'tells')).toMatchObject([{ code: local ? 'effect.tells.member' : 'effect.tells.nobody' }])
      // Only a suspension cuts.
      if (rung.kind !== 'account.suspend' && rung.kind !== 'account.warn')
        expect(codes(rung, 'for-good')).toEqual([{ code: 'effect.mild.keeps', values: {} }])
      expect(rung.mail).toBe(local ? 'yes' : 'never')
      const back = codes(rung, 'take-back').map(({ code }) => code)
      expect(back[0]).toBe('effect.take-back.window')
      expect(back.at(-1)).toMatch(
        rung.kind === 'account.warn' ? /^effect\.warn\.\w+\.never$/ : /^effect\.take-back\.strike$/,
      )
    }
  }
  expect(isMember.size).toBe(2)
})

test('the language in which the server writes to a member is known with the account; of others it is not', async () => {
  await using ground = await openGround()
  const { world } = ground.server
  const member = [...world.reports.all()]
    .map(report => world.accounts.get(report.targetAccountId))
    .find(account => account?.user)
  if (!member?.user) throw new Error('no member is reported')
  member.user.locale = 'pt-BR'
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const show = async (id: string) => (await desk.call('accounts.show', { server: key, id })).account.locale
  expect(await show(member.id)).toBe('pt-BR')
  // Chosen anew, and then none of its own.
  member.user.locale = 'fr'
  await desk.call('accounts.refresh', { server: key, id: member.id })
  expect(await show(member.id)).toBe('fr')
  member.user.locale = null
  await desk.call('accounts.refresh', { server: key, id: member.id })
  expect(await show(member.id)).toBeNull()
  const other = (await openRows(desk)).find(({ target }) => target.domain !== null)
  expect(await show(other?.target.id ?? '')).toBeNull()
})
