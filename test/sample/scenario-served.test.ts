import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClock } from '../../src/main/sample/clock.ts'
import { type SampleServer, startSampleServer } from '../../src/main/sample/server.ts'

const clock = createClock(Date.UTC(2027, 2, 1, 9), { running: false })
let server: SampleServer

beforeAll(async () => {
  server = await startSampleServer({ clock, throttles: false, jobDelay: 0 })
})
afterAll(() => server.close())

async function get(path: string, as = 'moderator'): Promise<{ status: number; type: string; text: string }> {
  const response = await fetch(path.startsWith('http') ? path : server.url + path, {
    headers: { authorization: `Bearer ${as}` },
  })
  return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() }
}

test('hidden labels never leave the server', async () => {
  const paths = [
    '/api/v1/admin/reports?limit=200',
    '/api/v1/admin/reports?resolved=true',
    '/api/v2/admin/accounts?limit=200',
    '/api/v2/admin/accounts?status=pending&limit=200',
  ]
  for (const path of paths) {
    const { status, text } = await get(path)
    expect(status).toBe(200)
    expect(JSON.parse(text).length).toBeGreaterThan(30)
    expect(text).not.toMatch(/"label"|campaign:|brigade:|wave:/)
  }
})

test('every picture and video of a report can be fetched', async () => {
  const reports = JSON.parse((await get('/api/v1/admin/reports?limit=200')).text) as {
    statuses: { media_attachments: { url: string; type: string }[] }[]
  }[]
  const media = reports.flatMap(one => one.statuses.flatMap(post => post.media_attachments))
  const kinds = new Set<string>()
  for (const one of media.filter(({ url }) => url.includes('/system/'))) {
    const { status, type } = await get(one.url)
    expect(status).toBe(200)
    expect(type).toBe(one.type === 'image' ? 'image/png' : 'video/mp4')
    kinds.add(one.type)
  }
  expect(kinds).toEqual(new Set(['image', 'video']))
})

test('an afternoon passes: colleagues work, posts change and vanish, reports come in, the hard cases wait', async () => {
  const { world } = server
  const find = (user: string) => world.accountsByHandle.get(user)?.id ?? ''
  const openAbout = (user: string) =>
    (world.reportsByTarget.get(find(user)) ?? []).filter(one => one.actionTakenAt === null).length
  const [historian, harasser] = [openAbout('henriette'), openAbout('torben_k')]
  expect([historian, harasser]).toEqual([41, 7])
  const post = world.statuses.all().find(one => one.content.includes('Lichterketten. Abends ist sie da'))
  expect(post?.extra?.edits).toHaveLength(2)
  clock.advance(4 * 3_600_000)
  expect(world.reports.size).toBeGreaterThan(340)
  expect(post?.content).toContain('Hier stand etwas')
  expect(post?.extra?.edits).toHaveLength(3)
  expect([openAbout('henriette'), openAbout('torben_k')]).toEqual([historian, harasser + 1])
  const jun = find('jun')
  expect(
    world.reports.all().filter(one => one.actionTakenByAccountId === jun && one.label === 'campaign:casino').length,
  ).toBeGreaterThan(3)
  expect(world.accountsByHandle.get('tante_erna')?.user?.approved).toBe(true)
  expect(
    [...(world.accountsByDomain.get('')?.all() ?? [])].filter(one => one.label === 'wave:network').length,
  ).toBeLessThan(20)
})
