import { expect, test } from 'vitest'
import { type PageAnswer, pageQuestion, watchPage } from '../../../src/main/doors/page-trouble.ts'
import type { Question } from '../../../src/main/doors/question.ts'

const turn = () => new Promise(done => setImmediate(done))

/** A shell whose person answers when the test says so, or sees the question go. */
const shell = () => {
  const did: string[] = []
  const asked: { question: Question<PageAnswer>; answer(answer: PageAnswer): Promise<unknown> }[] = []
  let time = 0
  const page = watchPage(
    {
      ask: (question, over) =>
        new Promise(resolve => {
          const answer = (given: PageAnswer) => {
            resolve(given)
            return turn()
          }
          asked.push({ question, answer })
          over.addEventListener('abort', () => {
            did.push('question goes')
            resolve(question.closed)
          })
        }),
      reload: () => did.push('reload'),
      end: () => did.push('end'),
      quit: () => did.push('quit'),
    },
    () => time,
  )
  const later = (ms: number) => {
    time += ms
  }
  return { page, did, asked, later }
}

test('each question has a first answer that loses nothing, and Escape never quits', () => {
  expect(pageQuestion('died')).toMatchObject({ answers: ['again', 'quit'], closed: 'again' })
  expect(pageQuestion('hangs')).toMatchObject({ answers: ['wait', 'again'], closed: 'wait' })
  expect(pageQuestion('died').labels).toEqual(['Begin again', 'Quit'])
  expect(pageQuestion('hangs').detail).toBe(
    'What you decided and what you were writing is kept, and is there when the page begins again.',
  )
})

test('a page that died begins again by itself, but not round and round', async () => {
  const { page, did, asked, later } = shell()
  page.died('clean-exit')
  expect(did).toEqual([])
  page.died('crashed')
  later(10_000)
  page.died('killed')
  expect(did).toEqual(['reload', 'reload'])
  later(9_999)
  page.died('oom')
  expect([did.length, asked.length]).toEqual([2, 1])
  await asked[0]?.answer('again')
  expect(did).toEqual(['reload', 'reload', 'reload'])
  page.died('oom')
  await asked[1]?.answer('quit')
  expect(did.at(-1)).toBe('quit')
})

test('a page that hangs is left alone, or ended by the person and begun again; the question goes when it answers', async () => {
  const { page, did, asked, later } = shell()
  page.hangs()
  page.hangs()
  expect(asked, 'one question at a time').toHaveLength(1)
  await asked[0]?.answer('wait')
  expect(did).toEqual([])
  page.hangs()
  page.answers()
  await turn()
  expect(did).toEqual(['question goes'])
  page.hangs()
  await asked[2]?.answer('again')
  expect(did.slice(1)).toEqual(['end'])
  later(60_000)
  page.died('killed')
  expect(did.slice(1)).toEqual(['end', 'reload'])
  // It dies while one is asked whether it shall wait.
  page.hangs()
  later(60_000)
  page.died('oom')
  await turn()
  expect(did.slice(3)).toEqual(['question goes', 'reload'])
})
