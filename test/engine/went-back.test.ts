import { describe, expect, test } from 'vitest'
import type { Engine } from '../../src/shared/contract/index.ts'
import { arm, type Ground, openRows, until, untilState } from './ground.ts'
import { readDecision } from './journal-ground.ts'
import { agrees, blocksOf } from './lists-mirrored.ts'
import { mirrored, served } from './sync-ground.ts'
import { fileAboutTwo, HOUR, isTold, openDesk, saw } from './went-back-ground.ts'

/** Waits until it is seen that the server was put back, and then until all of it is read anew. */
const untilSeen = async (ground: Ground, desk: Engine) => {
  const told = await until(() => isTold(desk), Boolean, ground.patient, 10_000)
  const same = () => JSON.stringify(mirrored(ground.folder)) === JSON.stringify(served(ground)) && agrees(ground)
  await until(same, Boolean, ground.patient, 10_000)
  return told
}
const different = async (desk: Engine) => [...new Map((await openRows(desk)).map(row => [row.target.id, row])).values()]

describe('a server that was put back to an earlier state', () => {
  test('is known by an id that names something else, and read anew; nothing that it lost is said to be a colleague’s doing', async () => {
    const { ground, desk, key, putBack, pass, colleagues } = await openDesk()
    await using _ = ground
    const add = blocksOf(ground)
    const { world } = ground.server
    // What is lost later: a report, a report that was closed, a block, someone who waits.
    const lost = colleagues.file('of the time that is lost')
    const [open] = world.reports.all().filter(one => one.actionTakenAt === null)
    if (!open) throw new Error('no report')
    colleagues.resolve(open)
    add.domain('lost.example')
    add.signup('lost')
    await pass(20 * 60_000)
    await until(() => agrees(ground), Boolean, ground.patient, 10_000)
    const before = await saw(desk)
    await desk.call('notes.add', { server: key, account: open.targetAccountId, text: 'kept' })
    putBack()
    const others = world.reports.all().find(one => one.targetAccountId !== lost.targetAccountId)
    const again = colleagues.file('another with its id', { targetAccountId: others?.targetAccountId ?? '' })
    expect(again.id).toBe(lost.id)
    add.domain('another.example')
    const seen = await untilSeen(ground, desk)
    expect(seen).toMatchObject({ told: false, lostFrom: lost.createdAt })
    // One entry, and no lies beside it.
    expect((await saw(desk)).filter(action => !before.includes(action))).toEqual(['server.seen-put-back'])
    expect(await saw(desk)).toHaveLength(before.length + 1)
    const { entries } = await desk.call('log.page', { kind: 'server.seen-put-back' })
    expect(entries).toMatchObject([{ source: 'saw', server: key, facts: { other: 1, lostFrom: lost.createdAt } }])
    expect(await desk.call('log.verify', {})).toMatchObject({ ok: true })
    // What is ours stays; what stood in the report that had the id is not in the one that has it now.
    const { notes } = await desk.call('notes.list', { server: key, account: open.targetAccountId })
    expect(notes.map(({ text }) => text)).toEqual(['kept'])
    const { posts } = await desk.call('reports.case', { server: key, id: again.id })
    expect(posts.filter(({ standing }) => standing === 'out')).toEqual([])
    // Told once, and it stays quiet.
    await desk.call('servers.noteWentBack', { server: key })
    await pass(HOUR)
    expect(await isTold(desk)).toMatchObject({ told: true })
    expect(await saw(desk)).toHaveLength(before.length + 1)
  })

  test('is known by reports that are as they were before', async () => {
    const { ground, desk, putBack, pass, colleagues } = await openDesk()
    await using _ = ground
    const [open] = ground.server.world.reports.all().filter(one => one.actionTakenAt === null)
    if (!open) throw new Error('no report')
    colleagues.resolve(open)
    const closedAt = ground.clock.now()
    await pass(20 * 60_000)
    putBack()
    expect(await untilSeen(ground, desk)).toMatchObject({ lostFrom: closedAt })
    expect(await saw(desk)).not.toContain('report.seen-reopened')
  })

  test('is known by its newest reports, which are gone while their people are there', async () => {
    const { ground, desk, putBack, pass } = await openDesk()
    await using _ = ground
    const one = fileAboutTwo(ground)
    // Lost too, and no colleague's doing when it is.
    Object.assign(ground.server.world.account(one) ?? {}, { silencedAt: ground.clock.now() })
    await pass(20 * 60_000)
    expect(await saw(desk)).toEqual(['account.seen-changed'])
    putBack()
    expect(await untilSeen(ground, desk)).toBeTruthy()
    expect(await saw(desk)).toEqual(['server.seen-put-back', 'account.seen-changed'])
  })

  test('is known by reports that are gone below a wave of others, which are all of the same people', async () => {
    const { ground, desk, putBack, pass, colleagues } = await openDesk()
    await using _ = ground
    const { world } = ground.server
    fileAboutTwo(ground)
    const [about, by] = world.accounts.all().filter(account => account.user?.approved)
    for (let n = 0; n < 8; n++)
      colleagues.file(`wave ${n}`, { targetAccountId: about?.id ?? '', accountId: by?.id ?? '' })
    await pass(20 * 60_000)
    putBack()
    expect(await untilSeen(ground, desk)).toBeTruthy()
    expect(await saw(desk)).toEqual(['server.seen-put-back'])
  })

  test('is suspected where the newest of a list is gone: until it can be asked, what it shows is no colleague’s doing', async () => {
    const { ground, desk, putBack, pass, colleagues } = await openDesk()
    await using _ = ground
    const [block] = ground.server.world.domainBlocks.all()
    if (!block) throw new Error('no block')
    for (const [n, target] of ground.server.world.accounts.all().slice(0, 2).entries())
      colleagues.file('lost', {
        targetAccountId: target.id,
        accountId: ground.server.world.accounts.all()[n + 2]?.id ?? '',
      })
    blocksOf(ground).domain('lost.example')
    block.publicComment = 'lost'
    await pass(HOUR)
    const before = await saw(desk)
    expect(before).toContain('domain-block.seen-changed')
    putBack()
    ground.between(async (real, input, init) =>
      String(input).includes('/admin/reports') ? new Response('', { status: 503 }) : await real(input, init),
    )
    await pass(HOUR)
    expect(await saw(desk)).toEqual(before)
    ground.between((real, ...asked) => real(...asked))
    await untilSeen(ground, desk)
    expect(await saw(desk)).toEqual(['server.seen-put-back', ...before])
  })

  test('is seen by whoever looks now, and all of it is read anew by then', async () => {
    const { ground, desk, putBack, pass } = await openDesk()
    await using _ = ground
    fileAboutTwo(ground)
    await pass(120_000)
    putBack()
    await desk.call('sync.now', { all: true })
    expect(await isTold(desk)).toMatchObject({ told: false })
    expect(mirrored(ground.folder)).toEqual(served(ground))
  })

  test('is not seen where the newest reports went with their account, or one was removed by hand', async () => {
    const { ground, desk, pass, colleagues } = await openDesk()
    await using _ = ground
    const { world } = ground.server
    const [gone, there] = [...new Set(world.reports.all().map(report => report.targetAccountId))].slice(-2)
    const [who, ...filers] = world.accounts.all().filter(account => account.user?.approved)
    const files = (target = '') =>
      filers.map(({ id }) => colleagues.file('spam', { targetAccountId: target, accountId: id }))
    const theirs = files(gone)
    await pass(20 * 60_000)
    const account = world.accounts.get(gone ?? '')
    if (!account || !who) throw new Error('no account')
    for (const report of world.reports.all().filter(one => one.targetAccountId === gone))
      world.reports.remove(report.id)
    world.removeAccount(account)
    await pass(20 * 60_000)
    expect(await saw(desk)).toContain('report.seen-gone')
    const [single] = files(there)
    await pass(20 * 60_000)
    world.reports.remove(single?.id ?? '')
    // All that one person filed, too.
    for (const target of [there, who.id])
      colleagues.file('by one', { targetAccountId: target ?? '', accountId: who.id })
    await pass(20 * 60_000)
    for (const report of world.reports.all().filter(one => one.comment === 'by one')) world.reports.remove(report.id)
    await pass(HOUR)
    expect(theirs.length).toBeGreaterThan(2)
    expect(await isTold(desk)).toBe(null)
    expect(mirrored(ground.folder)).toEqual(served(ground))
  })
})

test('what was waiting for a server that was put back is not sent, but asks a person, and goes out once that person says so', async () => {
  const { ground, desk, key, putBack, pass, colleagues } = await openDesk()
  await using _ = ground
  const lost = colleagues.file('of the time that is lost')
  await pass(10 * 60_000)
  const rows = (await different(desk)).filter(row => row.id !== lost.id && row.target.id !== lost.targetAccountId)
  const [done, unknown, held, ready, batched, besides] = rows
  if (!done || !unknown || !held || !ready || !batched || !besides) throw new Error('too few reports')
  await desk.call('settings.set', { graceSeconds: 2 })
  const was = await arm(desk, done, 'report.close')
  await untilState(ground, desk, was.id, 'done')
  // Its answer does not come.
  ground.server.faults.add({ kind: 'cut-after' }, { method: 'POST', path: new RegExp(`/${unknown.id}/resolve`) })
  const cut = await arm(desk, unknown, 'report.close')
  await untilState(ground, desk, cut.id, 'unknown')
  // The server is away, so that one that is past its window waits for it.
  ground.between(async () => {
    throw new TypeError('down')
  })
  const waits = await arm(desk, ready, 'report.close')
  await until(
    () => readDecision(desk, waits.id),
    one => one.state === 'ready' && one.waitingFor === 'server',
    ground.patient,
    1_000,
  )
  await desk.call('settings.set', { graceSeconds: 60 })
  const window = await arm(desk, held, 'report.close')
  const { batch } = await desk.call('batches.arm', {
    kind: 'report.close',
    items: [batched, besides].map(({ id }) => ({ server: key, subject: { of: 'report', id } })),
    label: '',
  })
  putBack()
  colleagues.file('another with its id')
  const sent = ground.server.ledger.entries.length
  ground.between((real, ...asked) => real(...asked))
  await untilSeen(ground, desk)
  await pass(30 * 60_000)
  expect(ground.server.ledger.entries.slice(sent)).toEqual([])
  expect(await readDecision(desk, was.id)).toMatchObject({ state: 'done' })
  expect(await readDecision(desk, cut.id)).toMatchObject({ state: 'needs-person', why: 'why.went-back' })
  for (const { id } of [waits, window])
    expect(await readDecision(desk, id)).toMatchObject({ state: 'ready', waitingFor: 'confirm', why: 'why.went-back' })
  expect((await desk.call('batches.list', {})).batches).toMatchObject([
    { id: batch.id, state: 'paused', why: 'pause.went-back' },
  ])
  expect((await desk.call('decisions.bar', {})).needsPerson).toBe(3)
  // Nor does a restart send anything.
  await ground.closeEngine()
  await ground.openEngine()
  const again = ground.client()
  await pass(30 * 60_000)
  expect(ground.server.ledger.entries.slice(sent)).toEqual([])
  await again.call('decisions.confirm', { id: waits.id, send: true })
  await again.call('decisions.confirm', { id: window.id, send: false })
  expect(await untilState(ground, again, waits.id, 'done', 'stopped')).toMatchObject({ state: 'done' })
  expect(await readDecision(again, window.id)).toMatchObject({ state: 'cancelled' })
  expect(ground.server.ledger.entries.slice(sent)).toHaveLength(1)
})

test('a block whose id names another after that is not lifted, whatever a person says', async () => {
  const { ground, desk, key, putBack, pass } = await openDesk()
  await using _ = ground
  const add = blocksOf(ground)
  const lost = [add.emailDomain('lost.example'), add.domain('lost.example'), add.allow('lost.example')]
  await pass(40 * 60_000)
  await until(() => agrees(ground), Boolean, ground.patient, 30_000)
  await desk.call('settings.set', { graceSeconds: 5 })
  const lift = async (kind: 'email-domain.lift' | 'domain.lift') => {
    const of = kind === 'email-domain.lift' ? 'email-domain' : 'domain'
    const subject = { of, id: 'lost.example' } as const
    return (await desk.call('decisions.arm', { server: key, subject, kind, typed: 'lost.example' })).decision
  }
  const armed = [await lift('email-domain.lift')]
  armed.push(await lift('domain.lift'))
  putBack()
  const others = [add.emailDomain('another.example'), add.domain('another.example'), add.allow('another.example')]
  expect(others.map(({ id }) => id)).toEqual(lost.map(({ id }) => id))
  const asks = (id: string) =>
    until(
      () => readDecision(desk, id),
      one => one.waitingFor === 'confirm',
      ground.patient,
      1_000,
    )
  for (const { id } of armed) await asks(id)
  await untilSeen(ground, desk)
  for (const { id } of armed) {
    await desk.call('decisions.confirm', { id, send: true })
    expect(await untilState(ground, desk, id, 'done', 'stopped')).toMatchObject({
      state: 'stopped',
      why: 'why.block-lifted',
    })
  }
  expect(ground.server.ledger.entries.filter(({ method }) => method === 'DELETE')).toEqual([])
})
