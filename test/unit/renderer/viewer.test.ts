import { expect, test } from 'vitest'
import { stepsOf } from '../../../src/renderer/src/features/media/steps.ts'
import { type Fetched, keyOf, makeViewer, type PieceOf } from '../../../src/renderer/src/features/media/viewer.ts'
import { Failure } from '../../../src/shared/contract/failure.ts'

const here = { server: 's1', id: '7' }
const gentle = { blur: true, grey: true }
const image: PieceOf = { piece: { post: '1', place: 0 }, type: 'image' }
const video: PieceOf = { piece: { post: '1', place: 1 }, type: 'video' }
const sound: PieceOf = { piece: { post: '2', place: 0 }, type: 'audio' }

const setUp = () => {
  const asked: { what: string; answer(file: Fetched): void; refuse(error: unknown): void; signal: AbortSignal }[] = []
  const forgotten: string[] = []
  const told: string[] = []
  let seen = 0
  const viewer = makeViewer({
    fetch: (_of, piece, size, signal) =>
      new Promise((answer, refuse) => asked.push({ what: `${keyOf(piece)} ${size}`, answer, refuse, signal })),
    forget: url => forgotten.push(url),
    seen: () => seen++,
    tell: what => told.push(what),
  })
  const fileOf = (what: string): Fetched => ({
    url: `blob:${what}`,
    format: what.endsWith('whole') && what.startsWith('1 1') ? 'video/mp4' : 'image/png',
  })
  /** Asks for the next step, and lets the engine answer. */
  const step = async (piece: PieceOf, eyes = gentle, of = here) => {
    const before = asked.length
    const going = viewer.next(of, piece, eyes)
    const now = asked[before]
    now?.answer(fileOf(now.what))
    await going
  }
  const at = (piece: PieceOf) => viewer.store.getState().pieces[keyOf(piece.piece)]
  return { asked, forgotten, told, step, at, seen: () => seen, ...viewer }
}

test('blurred, then grey, then in colour: each asked for, each file fetched once, looking counted once', async () => {
  const { asked, step, at, told, seen } = setUp()
  await step(image)
  expect([at(image)?.step, asked.map(one => one.what)]).toEqual(['blurred', ['1 0 preview']])
  await step(image)
  await step(image)
  expect([at(image)?.step, asked.map(one => one.what)]).toEqual(['colour', ['1 0 preview', '1 0 whole']])
  await step(image)
  expect([told, seen()]).toEqual([['blurred', 'grey', 'colour'], 1])
})

test('each step has its own switch, and sounds have nothing to blur', () => {
  expect(stepsOf({ blur: false, grey: true }, 'image')).toEqual(['veiled', 'grey', 'colour'])
  expect(stepsOf({ blur: true, grey: false }, 'image')).toEqual(['veiled', 'blurred', 'colour'])
  expect(stepsOf({ blur: false, grey: false }, 'video')).toEqual(['veiled', 'colour'])
  expect(stepsOf(gentle, 'audio')).toEqual(['veiled', 'colour'])
})

test('veiled again, or left, and its files are forgotten', async () => {
  const { step, at, veil, forgotten, cover, store, isOpen } = setUp()
  await step(image)
  await step(image)
  await step(video)
  veil(image.piece)
  expect([at(image)?.step, forgotten]).toEqual(['veiled', ['blob:1 0 preview', 'blob:1 0 whole']])
  expect(isOpen()).toBe(true)
  cover()
  expect([forgotten.at(-1), store.getState().pieces, isOpen()]).toEqual(['blob:1 1 preview', {}, false])
})

test('another case forgets the files of the one before', async () => {
  const { step, forgotten, at } = setUp()
  await step(image)
  await step(image, gentle, { server: 's1', id: '8' })
  expect([forgotten, at(image)?.step]).toEqual([['blob:1 0 preview'], 'blurred'])
})

test('what comes too late is forgotten at once, never shown', async () => {
  const { asked, next, cover, forgotten, store } = setUp()
  const going = next(here, image, gentle)
  cover()
  expect(asked[0]?.signal.aborted).toBe(true)
  asked[0]?.answer({ url: 'blob:late', format: 'image/png' })
  await going
  expect([forgotten, store.getState().pieces]).toEqual([['blob:late'], {}])
})

test('a second press while the first is on its way asks nothing', async () => {
  const { asked, next } = setUp()
  void next(here, image, gentle)
  await next(here, image, gentle)
  expect(asked).toHaveLength(1)
})

test('a refusal leaves the veil and says why; without a small picture it can only be opened whole', async () => {
  const { asked, next, at, step } = setUp()
  const refused = next(here, video, gentle)
  asked[0]?.refuse(new Failure('not-found', { reason: 'failure.media-preview' }))
  await refused
  expect([at(video)?.step, at(video)?.failure?.code]).toEqual(['veiled', 'not-found'])
  await step(video)
  expect([at(video)?.step, asked.at(-1)?.what, at(video)?.failure]).toEqual(['grey', '1 1 whole', null])
})

test('a key goes on with the piece it showed last, then to the next one, and to colour only when asked', async () => {
  const { pick, step } = setUp()
  const all = [image, video, sound]
  const press = async (colour = false) => {
    const picked = pick(here, all, gentle, colour)
    if (picked) await step(picked)
    return picked
  }
  expect(await press()).toBe(image)
  expect(await press(), 'sharp').toBe(image)
  expect(await press(), 'not yet in colour').toBe(video)
  expect(await press(true), 'with colour the last one goes on').toBe(video)
  expect(await press(true)).toBe(video)
  expect(await press()).toBe(sound)
  expect(await press()).toBeUndefined()
})
