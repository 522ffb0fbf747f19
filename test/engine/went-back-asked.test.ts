import { expect, test } from 'vitest'
import { type Ground, until } from './ground.ts'
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
