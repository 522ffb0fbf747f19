import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { migrationWeek } from '../../src/main/sample/scenario/migration-week.ts'
import type { Engine } from '../../src/shared/contract/index.ts'
import { openCases, reportAbout, reportWhere } from './case-ground.ts'
import { type Ground, NOON, openGround, signInAndSync } from './ground.ts'

const SHOTS = 'Screenshots, Namen sichtbar'

/** All bytes of a piece, taken part by part. */
const takeAll = async (desk: Engine, ticket: string): Promise<Buffer> => {
  const parts: Buffer[] = []
  for (let from: number | null = 0; from !== null; ) {
    const part: { base64: string; next: number | null } = await desk.call('media.part', { ticket, from })
    parts.push(Buffer.from(part.base64, 'base64'))
    from = part.next
  }
  return Buffer.concat(parts)
}

const attachmentOf = (ground: Ground, post: string, place: number) => {
  const found = ground.server.world.statuses.get(post)?.extra?.media[place]
  if (!found) throw new Error('no attachment')
  return found
}

test('nothing is fetched until a piece is asked for; then that file alone, without token or cookie, and byte by byte the same', async () => {
  await using cases = await openCases()
  const { ground, desk, key } = cases
  const { report, post } = reportAbout(ground, SHOTS)
  await desk.call('reports.refresh', { server: key, id: report.id })
  await desk.call('reports.case', { server: key, id: report.id })
  const { files } = ground.server.traces
  expect(files).toEqual([])
  const image = attachmentOf(ground, post, 0)
  const film = attachmentOf(ground, post, 1)
  const fetchPiece = (place: number, size: 'preview' | 'whole') =>
    desk.call('media.fetch', { server: key, report: report.id, piece: { post, place }, size })
  for (const [place, size, path, format] of [
    [0, 'preview', image.previewUrl, 'image/png'],
    [0, 'whole', image.url, 'image/png'],
    [1, 'preview', film.previewUrl, 'image/png'],
    [1, 'whole', film.url, 'video/mp4'],
  ] as const) {
    const fetched = await fetchPiece(place, size)
    const bytes = await takeAll(desk, fetched.ticket)
    const made = Buffer.from(ground.server.world.files.get(path ?? '')?.make() ?? [])
    expect([fetched.format, fetched.bytes, bytes.equals(made)]).toEqual([format, made.length, true])
    expect(files.at(-1)).toEqual({ path, identified: false })
    // Handed over, it is gone.
    await expect(desk.call('media.part', { ticket: fetched.ticket, from: 0 })).rejects.toMatchObject({
      code: 'not-found',
    })
  }
  expect(files).toHaveLength(4)
})

test('media of a case that is reported as illegal is never fetched, also by way of another report about the same account', async () => {
  await using cases = await openCases()
  const { ground, desk, key } = cases
  const legal = reportWhere(
    ground,
    one => one.category === 'legal' && one.actionTakenAt === null && one.statusIds.length > 0,
  )
  const [post = ''] = legal.statusIds
  const ask = (report: string) =>
    desk.call('media.fetch', { server: key, report, piece: { post, place: 0 }, size: 'preview' })
  await expect(ask(legal.id)).rejects.toMatchObject({ code: 'not-allowed', detail: { reason: 'failure.media-legal' } })
  const { world } = ground.server
  const id = world.reports.serials.next()
  world.addReport({ ...legal, id, category: 'other', createdAt: NOON, updatedAt: NOON })
  await desk.call('reports.refresh', { server: key, id })
  await expect(ask(id)).rejects.toMatchObject({ detail: { reason: 'failure.media-legal' } })
  expect((await desk.call('reports.case', { server: key, id })).legal).toBe(true)
  expect(ground.server.traces.files).toEqual([])
})

test('what a colleague called illegal a moment ago is not fetched either', async () => {
  await using cases = await openCases()
  const { ground, desk, key } = cases
  const { report, post } = reportAbout(ground, SHOTS)
  const record: { category: string } = report
  record.category = 'legal'
  await expect(
    desk.call('media.fetch', { server: key, report: report.id, piece: { post, place: 0 }, size: 'preview' }),
  ).rejects.toMatchObject({ code: 'not-allowed', detail: { reason: 'failure.media-legal' } })
  expect(ground.server.traces.files).toEqual([])
})

test('a post of the case that stands in another report about the same account is found there; one of no report is not', async () => {
  await using cases = await openCases()
  const { ground, desk, key } = cases
  const { report, post } = reportAbout(ground, SHOTS)
  const other = reportWhere(
    ground,
    one =>
      one.targetAccountId === report.targetAccountId && one.actionTakenAt === null && !one.statusIds.includes(post),
  )
  const ask = (id: string, of: string) =>
    desk.call('media.fetch', { server: key, report: id, piece: { post: of, place: 0 }, size: 'preview' })
  expect((await ask(other.id, post)).format).toBe('image/png')
  await expect(ask(other.id, '1')).rejects.toMatchObject({ code: 'not-found' })
})

test('text first: the engine itself refuses to fetch', async () => {
  await using cases = await openCases()
  const { ground, desk, key } = cases
  const { report, post } = reportAbout(ground, SHOTS)
  await desk.call('settings.set', { media: 'text' })
  await expect(
    desk.call('media.fetch', { server: key, report: report.id, piece: { post, place: 0 }, size: 'whole' }),
  ).rejects.toMatchObject({ code: 'not-allowed', detail: { reason: 'failure.media-text' } })
  expect(ground.server.traces.files).toEqual([])
})

test('one other host, once someone agreed to it: logged, kept, asked without the token; never a third, never the author’s', async () => {
  const asked: { path: string; authorization: string | undefined }[] = []
  let answer: { status: number; headers?: Record<string, string>; body?: Uint8Array } = { status: 404 }
  const host = createServer((request, response) => {
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization })
    response.writeHead(answer.status, answer.headers).end(answer.body)
  })
  await new Promise<void>(resolve => host.listen(0, '127.0.0.1', resolve))
  const address = host.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  try {
    await using ground = await openGround({ world: migrationWeek({ now: NOON }), mediaBase: origin })
    await ground.openEngine()
    const { desk, key } = await signInAndSync(ground, 'moderator')
    const { report, post } = reportAbout(ground, SHOTS)
    const ask = () =>
      desk.call('media.fetch', { server: key, report: report.id, piece: { post, place: 0 }, size: 'preview' })
    // Nobody can agree to what the server never named.
    await expect(desk.call('media.agree', { server: key, origin })).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(ask()).rejects.toMatchObject({ detail: { reason: 'failure.media-host', origin } })
    expect(asked).toEqual([])
    await desk.call('media.agree', { server: key, origin })
    await desk.call('media.agree', { server: key, origin })
    expect((await desk.call('media.hosts', {})).hosts).toEqual([{ server: key, origin, agreedAt: ground.clock.now() }])
    const { entries } = await desk.call('log.page', {})
    expect(entries.filter(entry => entry.action === 'setting.changed')).toMatchObject([
      { server: key, facts: { setting: 'mediaHost', before: null, after: origin } },
    ])

    const image = attachmentOf(ground, post, 0)
    answer = { status: 200, body: ground.server.world.files.get(image.previewUrl ?? '')?.make() ?? new Uint8Array() }
    await takeAll(desk, (await ask()).ticket)
    expect(asked).toEqual([{ path: image.previewUrl, authorization: undefined }])

    // A redirect leads to these two only.
    answer = { status: 302, headers: { location: 'http://127.0.0.1:9/elsewhere.png' } }
    await expect(ask()).rejects.toMatchObject({ detail: { reason: 'failure.media-other-host' } })

    // Elsewhere than agreed, and where the author’s own server has it.
    const record: { url: string | null; previewUrl: string | null; remoteUrl: string | null } = image
    record.previewUrl = 'http://127.0.0.1:9/third.png'
    ground.clock.advance(400_000)
    await expect(ask()).rejects.toMatchObject({ detail: { reason: 'failure.media-other-host' } })
    await desk.call('media.agree', { server: key, origin: null })
    record.remoteUrl = 'http://127.0.0.1:9/original.png'
    ground.clock.advance(400_000)
    await expect(ask()).rejects.toMatchObject({ detail: { reason: 'failure.media-other-host' } })
    expect(asked).toHaveLength(2)
    expect((await desk.call('media.hosts', {})).hosts).toEqual([])
  } finally {
    host.close()
  }
})

test('what comes is told by its bytes: pages, drawings with scripts, giants and endless files are refused, and nothing is kept', async () => {
  await using cases = await openCases()
  const { ground, desk, key } = cases
  const { report, post } = reportAbout(ground, SHOTS)
  let body: Uint8Array | ReadableStream = new Uint8Array()
  let status = 200
  ground.between(async (real, input, init) =>
    String(input).includes('/system/')
      ? new Response(body, { status, headers: { 'content-type': 'image/png' } })
      : await real(input, init),
  )
  const ask = (place = 0, size: 'preview' | 'whole' = 'whole') =>
    desk.call('media.fetch', { server: key, report: report.id, piece: { post, place }, size })
  const refused = async (reason: string, place?: number) =>
    expect(ask(place)).rejects.toMatchObject({ detail: { reason: `failure.${reason}` } })
  body = Buffer.from('<!doctype html><script>alert(1)</script>')
  await refused('media-format')
  body = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')
  await refused('media-format')
  body = Buffer.from('%PDF-1.7 and more than sixteen bytes')
  await refused('media-format')
  // A film in place of a picture, and the other way round.
  const [image, film] = [attachmentOf(ground, post, 0), attachmentOf(ground, post, 1)]
  body = ground.server.world.files.get(film.url ?? '')?.make() ?? new Uint8Array()
  await refused('media-format', 0)
  const picture = ground.server.world.files.get(image.url ?? '')?.make() ?? new Uint8Array()
  body = picture
  await refused('media-format', 1)
  // 50,000 by 50,000 pixels, by the head of the file.
  const bomb = Buffer.from(picture)
  bomb.writeUInt32BE(50_000, 16)
  bomb.writeUInt32BE(50_000, 20)
  body = bomb
  await refused('media-pixels')
  let sent = 0
  body = new ReadableStream<Uint8Array>({
    pull: controller => {
      sent += 1 << 20
      controller.enqueue(new Uint8Array(1 << 20))
    },
  })
  await refused('media-large')
  expect(sent).toBeLessThan(20 << 20)
  for (const [code, reason] of [
    [404, 'media-gone'],
    [403, 'media-gone'],
    [429, 'media-busy'],
    [503, 'media-refused'],
  ] as const) {
    status = code
    body = new Uint8Array()
    await refused(reason)
  }
  // None of this says that the server is away.
  const { servers } = await desk.call('sync.status', {})
  expect(servers.map(one => one.offlineSince)).toEqual([null])
})

test('what is asked for is what was described: an edit in between that changes the attachments stops it', async () => {
  await using cases = await openCases()
  const { ground, desk, key } = cases
  const { report, post } = reportAbout(ground, SHOTS)
  const media: unknown[] = [...(ground.server.world.statuses.get(post)?.extra?.media ?? [])]
  const extra: { media: unknown } = ground.server.world.statuses.get(post)?.extra ?? { media: [] }
  extra.media = media.reverse()
  await expect(
    desk.call('media.fetch', { server: key, report: report.id, piece: { post, place: 0 }, size: 'preview' }),
  ).rejects.toMatchObject({ code: 'conflict', detail: { reason: 'failure.media-changed' } })
  expect(ground.server.traces.files).toEqual([])
  // Read again, it can be asked for.
  ground.clock.advance(1000)
  await desk.call('reports.refresh', { server: key, id: report.id })
  await desk.call('media.fetch', { server: key, report: report.id, piece: { post, place: 0 }, size: 'preview' })
  expect(ground.server.traces.files).toHaveLength(1)
})

test('a picture of the profile can be asked for too; what nobody takes is forgotten within a minute', async () => {
  await using cases = await openCases()
  const { ground, desk, key } = cases
  const report = reportWhere(ground, one => one.actionTakenAt === null && one.statusIds.length === 0)
  const { ticket, format } = await desk.call('media.fetch', {
    server: key,
    report: report.id,
    piece: { profile: 'avatar' },
    size: 'whole',
  })
  expect(format).toBe('image/png')
  ground.clock.advance(61_000)
  await expect(desk.call('media.part', { ticket, from: 0 })).rejects.toMatchObject({ code: 'not-found' })
})
