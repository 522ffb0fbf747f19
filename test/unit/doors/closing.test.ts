import { expect, test } from 'vitest'
import { type Answer, closeQuestion, makeClosing, type Question } from '../../../src/main/doors/electron/closing.ts'
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
  more: { isOwner?: boolean; sends?: boolean; fails?: boolean } = {},
) => {
  const did: string[] = []
  const asked: Question[] = []
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
  const close = makeClosing(
    engine,
    {
      isOwner: () => more.isOwner ?? true,
      ask: async question => {
        asked.push(question)
        return answers.shift() ?? 'back'
      },
      hide: count => did.push(`hide ${count}`),
      leave: () => did.push('leave'),
    },
    40,
  )
  return { close, did, asked, watchers }
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
