import { expect, test } from 'vitest'
import { askCases } from '../../../src/renderer/src/app/ask-cases.ts'
import { Failure } from '../../../src/shared/contract/failure.ts'
import type { Engine } from '../../../src/shared/contract/index.ts'

type Question = {
  name: string
  id: string
  later: AbortSignal | undefined
  answer(value: unknown): void
  fail(error: unknown): void
}

/** Cases on an engine that answers when it is told to. */
const setUp = () => {
  const asked: Question[] = []
  const called: string[] = []
  const hurried: string[] = []
  const call = ((
    name: string,
    input: { id?: string; subject?: { id: string } },
    { signal, later }: { signal: AbortSignal; later?: AbortSignal },
  ) =>
    new Promise((resolve, reject) => {
      const id = input.id ?? input.subject?.id ?? ''
      signal.addEventListener('abort', () => called.push(id))
      later?.addEventListener('abort', () => hurried.push(id))
      asked.push({ name, id, later, answer: resolve, fail: reject })
    })) as unknown as Engine['call']
  const names = () => asked.splice(0).map(({ name, id }) => `${name} ${id}`)
  return { cases: askCases({ call }), asked, names, called, hurried }
}
const target = (id: string) => ({ server: 's1', id })
const both = (id: string) => [`reports.case ${id}`, `decisions.ladder ${id}`]
/** A command that is answered when its end is called. */
const pending = () => {
  let end = () => {}
  const command = new Promise<void>(resolve => {
    end = resolve
  })
  return { command, end }
}
const settled = () => new Promise(resolve => setTimeout(resolve, 0))

test('a case is asked for once, and is known when case and ladder are here', async () => {
  const { cases, asked } = setUp()
  const reading = cases.read(target('1'))
  void cases.ahead(target('1'))
  cases.keep([target('1')])
  expect(asked.map(({ name }) => name)).toEqual(['reports.case', 'decisions.ladder'])
  asked[0]?.answer('case')
  await settled()
  expect(cases.known(target('1'))).toBeUndefined()
  asked[1]?.answer('ladder')
  expect(await reading).toEqual(['case', 'ladder'])
  expect(cases.known(target('1'))).toEqual({ data: ['case', 'ladder'], isFresh: true })
  expect(cases.known({ server: 's2', id: '1' })).toBeUndefined()
})

test('what was read ahead is dropped when something changed, also while it is still on its way', async () => {
  const { cases, asked, names } = setUp()
  const early = cases.read(target('1'))
  for (const { answer } of asked) answer('old')
  await settled()
  void cases.ahead(target('2'))
  const [, , late, ladder] = asked
  names()
  cases.drop()
  expect(cases.known(target('1'))).toBeUndefined()
  // The answer to a question from before the change is nothing that one could be shown later.
  late?.answer('old')
  ladder?.answer('old')
  await settled()
  expect(cases.known(target('2'))).toBeUndefined()
  expect(await early).toEqual(['old', 'old'])
  cases.keep([target('1'), target('2')])
  expect(names()).toEqual([...both('1'), ...both('2')])
})

test('what no key leads to any more is called off; the one behind is kept, but not asked for', async () => {
  const { cases, asked, names, called } = setUp()
  cases.keep([target('1'), target('2')], target('0'))
  expect(names()).toEqual([...both('1'), ...both('2')])
  cases.keep([target('2'), target('3')], target('1'))
  expect(names()).toEqual(both('3'))
  expect(called).toEqual([])
  cases.keep([target('3'), target('4')], target('2'))
  expect(called).toEqual(['1', '1'])
  expect(names()).toEqual(both('4'))
  expect(asked).toEqual([])
})

test('what is read ahead lets all else go first until one waits for it; a command leads to it as it is', async () => {
  const { cases, asked, names, hurried } = setUp()
  cases.keep([target('1')])
  void cases.read(target('1'), true)
  expect(hurried).toEqual([])
  const waited = cases.read(target('1'))
  expect(hurried).toEqual(['1', '1'])
  expect(asked).toHaveLength(2)
  for (const { answer } of asked) answer('soon')
  expect(await waited).toEqual(['soon', 'soon'])
  // What is waited for from the first is asked so.
  names()
  void cases.ahead(target('2'))
  expect(asked.map(({ later }) => later)).toEqual([undefined, undefined])

  cases.keep([target('3')])
  names()
  cases.over(new Promise(() => {}), target('3'))
  expect(hurried).toEqual(['1', '1', '3', '3'])
  expect(names()).toEqual([])
  // Nobody knows of it yet: asked behind the command, it is not made stale by what that told.
  cases.over(Promise.resolve(), target('4'))
  cases.drop()
  await settled()
  for (const { answer } of asked) answer('after')
  await settled()
  expect(cases.known(target('4'))).toEqual({ data: ['after', 'after'], isFresh: true })
})

test('what failed is told to who waits, and asked again by the next', async () => {
  const { cases, asked, names } = setUp()
  const reading = cases.read(target('1'))
  await Promise.all([
    expect(reading).rejects.toMatchObject({ code: 'not-found' }),
    cases.ahead(target('1')),
    asked[0]?.fail(new Failure('not-found')),
  ])
  names()
  expect(cases.known(target('1'))).toBeUndefined()
  void cases.ahead(target('1'))
  expect(names()).toEqual(both('1'))
})

test('what was asked behind a command outlives what is told until that is answered, and nothing after', async () => {
  const { cases, asked, names } = setUp()
  void cases.ahead(target('1'))
  const first = pending()
  cases.behind(first.command, target('1'))
  // What was asked before the command is not what it leads to.
  expect(asked.splice(0, 2)).toHaveLength(2)
  cases.drop()
  first.end()
  await settled()
  for (const { answer } of asked) answer('seen')
  await settled()
  expect(cases.known(target('1'))).toEqual({ data: ['seen', 'seen'], isFresh: true })
  cases.drop()
  expect(cases.known(target('1'))).toBeUndefined()

  names()
  const second = pending()
  cases.behind(second.command, target('2'))
  second.end()
  await settled()
  cases.drop()
  for (const { answer } of asked) answer('before that change')
  await settled()
  expect(cases.known(target('2'))).toBeUndefined()
})

test('an answer that overtakes the command it was asked behind is not known', async () => {
  const { cases, asked, names } = setUp()
  cases.behind(new Promise(() => {}), target('1'))
  for (const { answer } of asked) answer('too early')
  await settled()
  expect(cases.known(target('1'))).toBeUndefined()
  names()
  void cases.ahead(target('1'))
  expect(names()).toEqual(both('1'))
})

test('what was read before a command that does not concern it is gone to at once, and read again if anything was told to be changed', async () => {
  const { cases, asked, names } = setUp()
  cases.keep([target('1'), target('2')])
  for (const { answer } of asked) answer('before')
  await settled()
  names()
  const first = pending()
  cases.over(first.command, target('1'))
  expect(names()).toEqual([])
  // What is told before the command's answer is most likely of its own making.
  cases.drop()
  expect(cases.known(target('2'))).toBeUndefined()
  first.end()
  await cases.ahead(target('1'))
  expect(cases.known(target('1'))).toEqual({ data: ['before', 'before'], isFresh: false })
  cases.keep([target('1')])
  expect(names()).toEqual([])
  const reading = cases.read(target('1'))
  for (const { answer } of asked) answer('after')
  expect(await reading).toEqual(['after', 'after'])
  expect(cases.known(target('1'))).toEqual({ data: ['after', 'after'], isFresh: true })

  names()
  const second = pending()
  cases.over(second.command, target('1'))
  second.end()
  await settled()
  expect(cases.known(target('1'))).toEqual({ data: ['after', 'after'], isFresh: true })
  cases.drop()
  expect(cases.known(target('1'))).toBeUndefined()
})

test('what is still on its way when a command does not concern it is waited for, and then as stale as what was here', async () => {
  const { cases, asked } = setUp()
  cases.over(new Promise(() => {}), target('1'))
  cases.drop()
  const ahead = cases.ahead(target('1'))
  expect(asked).toHaveLength(2)
  for (const { answer } of asked) answer('before')
  await ahead
  expect(cases.known(target('1'))).toEqual({ data: ['before', 'before'], isFresh: false })
})
