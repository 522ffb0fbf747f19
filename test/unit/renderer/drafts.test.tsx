import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, expect, test } from 'vitest'
import {
  dropDraft,
  keepDraft,
  type Place,
  restoreDrafts,
  shortName,
  useDrafts,
  useWords,
} from '../../../src/renderer/src/client/drafts.ts'
import { tellDrafts } from '../../../src/renderer/src/client/tell-drafts.ts'
import type { Draft } from '../../../src/shared/contract/drafts.ts'
import { Failure } from '../../../src/shared/contract/failure.ts'
import type { Engine } from '../../../src/shared/contract/index.ts'

const note: Place = { of: 'note', key: 's1 7' }
const other: Place = { of: 'note', key: 's2 7' }
const held = () => [...useDrafts.getState().drafts.values()]
const turn = () => new Promise(done => setTimeout(done, 0))

beforeEach(() => useDrafts.setState({ drafts: new Map() }))

/** An engine whose answers come when the test says so, and what it holds. */
const slowEngine = (holds: readonly Draft[] = []) => {
  const heard: string[] = []
  const waiting: ((failure?: Failure) => void)[] = []
  const state = { holds: [...holds], fails: false, stale: () => {} }
  const call = (method: string, given: Draft) => {
    if (method === 'drafts.list') return Promise.resolve({ drafts: state.holds })
    heard.push(`${given.key}: ${Object.values(given.words).join(' | ')}`)
    const keep = () => {
      state.holds = [...state.holds.filter(({ key }) => key !== given.key), given]
    }
    if (!state.fails) keep()
    return new Promise((done, failed) => waiting.push(failure => (failure ? failed(failure) : done({}))))
  }
  const watch = (_topics: readonly string[], stale: () => void) => {
    state.stale = stale
    return () => {}
  }
  const answer = async (failure?: Failure) => {
    for (const end of waiting.splice(0)) end(failure)
    await turn()
  }
  return { engine: { call, watch } as unknown as Engine, heard, answer, state }
}

test('each key is told at once; of an engine that does not answer, the newest when it does', async () => {
  const { engine, heard, answer } = slowEngine()
  const { tellNow, stop } = tellDrafts(engine, [])
  const text = 'Half a thought'
  const type = (from: number, to: number) => {
    for (let at = from; at < to; at++) keepDraft(note, { text: text.slice(0, at + 1) })
  }
  type(0, 4)
  expect(heard).toEqual(['s1 7: H', 's1 7: Ha', 's1 7: Hal', 's1 7: Half'])
  type(4, 13)
  expect(heard, 'eight at once').toHaveLength(8)
  await answer()
  expect(heard.slice(8)).toEqual(['s1 7: Half a though'])
  await answer()
  type(0, 13)
  expect(heard.at(-1)).toBe('s1 7: Half a t')
  // A page that goes waits for no answer.
  tellNow()
  tellNow()
  expect(heard.slice(17)).toEqual(['s1 7: Half a though'])
  await answer()
  dropDraft(note)
  expect(heard.at(-1)).toBe('s1 7: ')
  await answer()
  expect(heard).toHaveLength(19)
  stop()
  keepDraft(note, { text: 'x' })
  expect(heard).toHaveLength(19)
})

test('words that may not have arrived are told again when the engine is back or more is typed, never by themselves', async () => {
  const { engine, heard, answer, state } = slowEngine()
  tellDrafts(engine, [])
  keepDraft(note, { text: 'H' })
  state.fails = true
  await answer(new Failure('disconnected'))
  expect(heard).toEqual(['s1 7: H'])
  state.stale()
  await turn()
  expect(heard).toEqual(['s1 7: H', 's1 7: H'])
  state.holds = []
  await answer(new Failure('storage'))
  state.stale()
  await turn()
  expect(held(), 'what did not arrive is not gone').toHaveLength(1)
  await answer(new Failure('storage'))
  keepDraft(other, { text: 'x' })
  expect(heard.slice(3)).toEqual(['s1 7: H', 's2 7: x'])
})

test('what was typed before the engine said what it holds is newer, and is told', () => {
  const before = [
    { ...note, words: { text: 'old' } },
    { ...other, words: { text: 'theirs' } },
  ]
  keepDraft(note, { text: 'new' })
  restoreDrafts(before)
  const { engine, heard } = slowEngine(before)
  tellDrafts(engine, before)
  expect(heard).toEqual(['s1 7: new'])
  expect(held()).toHaveLength(2)
})

test('what others let go goes here too, but for what was typed on', async () => {
  const before = [note, other].map(place => ({ ...place, words: { text: 'about a person' } }))
  restoreDrafts(before)
  const { engine, heard, state } = slowEngine(before)
  tellDrafts(engine, before)
  keepDraft(other, { text: 'about a person, and more' })
  state.holds = state.holds.filter(({ key }) => key !== note.key)
  state.stale()
  await turn()
  expect(held()).toEqual([{ ...other, words: { text: 'about a person, and more' } }])
  expect(heard).toEqual(['s2 7: about a person, and more'])
})

test('what is again as it was before is no draft, and a field keeps what the others say', () => {
  const words: ReturnType<typeof useWords<{ text: string; note: string }>>[] = []
  const Form = () => {
    words.push(useWords(note, { text: 'as it was', note: '' }))
    return null
  }
  renderToStaticMarkup(<Form />)
  words[0]?.keep({ note: 'why' })
  words[0]?.keep({ text: 'changed' })
  expect(held()).toEqual([{ ...note, words: { text: 'changed', note: 'why' } }])
  words[0]?.keep({ text: 'as it was' })
  words[0]?.keep({ note: '' })
  expect(held()).toEqual([])
})

test('a short name is the same each time, and another for what is nearly the same', () => {
  const names = ['s1 1 s1 2', 's1 2 s1 1', 's1 1 s1 22', '', 's1 1 s1 3'].map(shortName)
  expect(new Set(names).size).toBe(5)
  expect(shortName('s1 1 s1 2')).toBe(names[0])
})
