import { expect, test } from 'vitest'
import { type Answer, closeQuestion, makeClosing } from '../../../src/main/doors/closing.ts'
import type { Question } from '../../../src/main/doors/question.ts'
import { Failure } from '../../../src/shared/contract/failure.ts'
import type { Engine } from '../../../src/shared/contract/index.ts'

test('nothing is asked while nothing is under way', () => {
  expect(closeQuestion({ held: 0, going: 0 }, false)).toBeNull()
  expect(closeQuestion({ held: 0, going: 0 }, true)).toBeNull()
})

test('the question counts what is held and what is on its way, and says what each answer does', () => {
  const asked = closeQuestion({ held: 2, going: 1 }, false)
  expect(asked?.answers).toEqual(['send', 'keep', 'stay', 'back'])
  expect(asked?.labels).toEqual(['Send now', 'Keep for next time', 'Stay in the tray', 'Back'])
  expect(asked?.detail).toMatch(/^2 decisions are held and not sent yet\. 1 decision is on its way\.\n\n“Send now”/)
  const again = closeQuestion({ held: 0, going: 3 }, true)
  expect(again?.answers, 'what could not be sent is not offered to be sent once more').toEqual(['stay', 'keep', 'back'])
  expect(again?.detail).toContain('3 decisions could not be sent yet')
})

/** A desktop whose engine says how many are under way, and whose person gives answers in turn. */
const desktop = (
  left: { held: number; going: number },
  answers: Answer[],
  more: { isOwner?: boolean; sends?: boolean; fails?: boolean; unanswered?: boolean } = {},
) => {
  const did: string[] = []
  const asked: Question<Answer>[] = []
  const watchers = new Set<() => void>()
  const engine = {
    call: async (name: string) => {
      if (more.fails) throw new Failure('disconnected')
      if (name === 'decisions.sendNow') {
        did.push('send now')
        if (more.sends)
          setTimeout(() => {
            Object.assign(left, { held: 0, going: 0 })
            for (const run of watchers) run()
          }, 5)
        return { sent: left.held }
      }
      return { ...left }
    },
    watch: (_topics: readonly string[], run: () => void) => {
      watchers.add(run)
      return () => watchers.delete(run)
    },
  } as unknown as Engine
  let over = () => {}
  const { close, end, isEnding } = makeClosing(
    engine,
    {
      isOwner: () => more.isOwner ?? true,
      ask: async question => {
        asked.push(question)
        // As the shell does, a question goes away when one leaves, and counts as closed.
        if (more.unanswered)
          await new Promise<void>(resolve => {
            over = resolve
          })
        return answers.shift() ?? 'back'
      },
      hide: count => did.push(`hide ${count}`),
      leave: () => {
        did.push('leave')
        over()
      },
    },
    40,
  )
  return { close, end, isEnding, did, asked, watchers }
}

test('each answer does what it says', async () => {
  for (const [answer, expected] of [
    ['keep', ['leave']],
    ['stay', ['hide 3']],
    ['back', []],
  ] as const) {
    const { close, did } = desktop({ held: 2, going: 1 }, [answer])
    await close()
    expect([answer, did]).toEqual([answer, expected])
  }
  const sends = desktop({ held: 2, going: 1 }, ['send'], { sends: true })
  await sends.close()
  expect(sends.did).toEqual(['send now', 'leave'])
  expect(sends.watchers.size).toBe(0)
})

test('what cannot be sent in time is told, and asked about again', async () => {
  const { close, did, asked } = desktop({ held: 1, going: 0 }, ['send', 'keep'])
  await close()
  expect(did).toEqual(['send now', 'leave'])
  expect(asked.map(({ answers }) => answers.length)).toEqual([4, 3])
})

test('closing twice asks once, and an engine that says nothing, or is another process’s, keeps nobody in', async () => {
  const once = desktop({ held: 1, going: 0 }, ['keep'])
  await Promise.all([once.close(), once.close(), once.close()])
  expect([once.asked.length, once.did]).toEqual([1, ['leave']])
  const silent = desktop({ held: 1, going: 0 }, [], { fails: true })
  await silent.close()
  expect([silent.asked.length, silent.did]).toEqual([0, ['leave']])
  const guest = desktop({ held: 1, going: 0 }, [], { isOwner: false })
  await guest.close()
  expect([guest.asked.length, guest.did]).toEqual([0, ['leave']])
})

test('the system ends: nobody is asked and nothing is sent for that, whatever was being asked or sent just then', async () => {
  const idle = desktop({ held: 2, going: 1 }, [])
  expect(idle.isEnding()).toBe(false)
  idle.end()
  idle.end()
  await idle.close()
  expect([idle.did, idle.asked.length, idle.isEnding()], 'told twice, and every window asked to close').toEqual([
    ['leave'],
    0,
    true,
  ])
  // The question stands; when it goes away that is no answer, not even where the system takes it for the first button.
  for (const taken of ['back', 'send', 'stay'] as const) {
    const asking = desktop({ held: 2, going: 1 }, [taken], { unanswered: true })
    const closed = asking.close()
    await expect.poll(() => asking.asked.length).toBe(1)
    asking.end()
    await closed
    expect([taken, asking.did]).toEqual([taken, ['leave']])
  }
  const sending = desktop({ held: 1, going: 0 }, ['send'])
  const closed = sending.close()
  await expect.poll(() => sending.did).toEqual(['send now'])
  sending.end()
  await closed
  expect([sending.did, sending.asked.length]).toEqual([['send now', 'leave'], 1])
})
