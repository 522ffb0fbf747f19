import { expect, test } from 'vitest'
import { arm, type Ground, until, untilState } from './ground.ts'
import { readDecision } from './journal-ground.ts'
import { blocksOf } from './lists-mirrored.ts'
import { fileAboutTwo, HOUR, isTold, openDesk, saw } from './went-back-ground.ts'

const waiting = (ground: Ground) =>
  (ground.server.world.accountsByDomain.get('')?.all() ?? []).filter(one => one.user?.approved === false)

/** What a colleague does before the backup is put back, and what the log tells of it. */
const deeds: Record<string, { told: string; did(ground: Ground): void }> = {
  'a block’s comment': {
    told: 'domain-block.seen-changed',
    did: ({ server }) => Object.assign(server.world.domainBlocks.all()[0] ?? {}, { publicComment: 'lost' }),
  },
  'a limit on someone who waits': {
    told: 'account.seen-changed',
    did: ground => Object.assign(waiting(ground)[0] ?? {}, { silencedAt: ground.clock.now() }),
  },
  'the name of our role': {
    told: 'server.role-changed',
    did: ({ server }) => Object.assign(server.world.roles.get('2') ?? {}, { name: 'Lost' }),
  },
  'the text of a rule': {
    told: 'rules.seen-changed',
    did: ({ server }) => Object.assign(server.world.rules.all()[0] ?? {}, { text: 'Lost' }),
  },
}

test.for(Object.keys(deeds))(
  'where a backup undid %s, it is asked whether the server was put back before that is told as a colleague’s doing',
  { timeout: 60_000 },
  async name => {
    const { ground, desk, putBack, pass } = await openDesk()
    await using _ = ground
    const { told, did } = deeds[name] ?? {}
    fileAboutTwo(ground)
    await pass(10 * 60_000)
    did?.(ground)
    const seen = async () => (await saw(desk)).includes(told ?? '')
    await until(seen, Boolean, ground.patient, 600_000)
    await pass(10 * 60_000)
    const before = await saw(desk)
    putBack()
    // The lists of reports do not show it, since their pages fail.
    ground.between(async (real, input, init) =>
      /\/admin\/reports\?/.test(String(input)) ? new Response('', { status: 503 }) : await real(input, init),
    )
    await until(async () => (await isTold(desk)) !== null, Boolean, ground.patient, 600_000)
    expect(await saw(desk)).toEqual(['server.seen-put-back', ...before])
    ground.between((real, ...asked) => real(...asked))
    // Nor is it told once all is read anew.
    await pass(2 * HOUR)
    expect(await saw(desk)).toEqual(['server.seen-put-back', ...before])
  },
)

test('who signed up before a server was put back, and is lost below someone newer, is not said to be rejected', async () => {
  const { ground, desk, putBack, pass } = await openDesk()
  await using _ = ground
  const add = blocksOf(ground)
  fileAboutTwo(ground)
  add.signup('lost')
  await pass(20 * 60_000)
  const before = await saw(desk)
  putBack()
  ground.clock.advance(1_000)
  add.signup('newer')
  ground.between(async (real, input, init) =>
    /\/admin\/reports\?/.test(String(input)) ? new Response('', { status: 503 }) : await real(input, init),
  )
  await until(async () => (await isTold(desk)) !== null, Boolean, ground.patient, 30_000)
  expect(await saw(desk)).toEqual(['server.seen-put-back', ...before])
})

test.for(['looks at a case', 'looks at an account', 'asks for accounts', 'decides about an account'])(
  'where whoever %s is the first to see what a backup undid, that is not told as a colleague’s doing',
  async who => {
    const { ground, desk, key, putBack, pass } = await openDesk()
    await using _ = ground
    const { world } = ground.server
    const open = world.reports.all().find(one => one.actionTakenAt === null)
    const account = world.account(open?.targetAccountId ?? '')
    if (!open || !account) throw new Error('no report')
    fileAboutTwo(ground)
    account.silencedAt = ground.clock.now()
    await pass(20 * 60_000)
    const before = await saw(desk)
    expect(before).toContain('account.seen-changed')
    if (who === 'decides about an account') {
      // Looked for once before the first decision: what is put back after that shows in what is read before the next.
      const other = world.reports.all().find(one => one.actionTakenAt === null && one.targetAccountId !== account.id)
      const first = await arm(desk, { server: key, id: other?.id ?? '' }, 'report.assign')
      await untilState(ground, desk, first.id, 'done')
      await pass(5 * 60_000)
    }
    const told = await saw(desk)
    putBack()
    if (who === 'looks at a case') await desk.call('reports.refresh', { server: key, id: open.id })
    else if (who === 'looks at an account') await desk.call('accounts.refresh', { server: key, id: account.id })
    else if (who === 'asks for accounts') await desk.call('accounts.ask', { server: key, text: `@${account.username}` })
    else {
      const decision = await arm(desk, { server: key, id: open.id }, 'account.sensitive')
      await until(async () => (await isTold(desk)) !== null, Boolean, ground.patient, 1_000)
      const { state, waitingFor } = await readDecision(desk, decision.id)
      expect({ state, waitingFor }).toEqual({ state: 'ready', waitingFor: 'confirm' })
    }
    expect(await saw(desk)).toEqual(['server.seen-put-back', ...told])
  },
)
