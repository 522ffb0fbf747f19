import { beforeEach, expect, test } from 'vitest'
import { asksFirst, useAskFirst } from '../../../src/renderer/src/client/ask-first.ts'
import { Failure } from '../../../src/shared/contract/failure.ts'

beforeEach(() => useAskFirst.setState({ asking: null }))
const refused = (reason: string) =>
  new Failure('not-allowed', { reason, server: 'b.example', view: 'a.example', key: 's2' })

test('what only needs a person’s word is asked, and goes on with it; everything else is a failure', () => {
  const went: boolean[] = []
  const waits = { what: 'Close', elsewhere: false, again: (elsewhere: boolean) => went.push(elsewhere) }
  for (const other of [refused('refusal.in-force'), new Failure('offline'), new Error('x'), null])
    expect(asksFirst(other, waits)).toBe(false)
  expect(useAskFirst.getState().asking).toBeNull()
  expect(asksFirst(refused('refusal.other-server'), waits)).toBe(true)
  expect(useAskFirst.getState().asking).toMatchObject({
    about: 'elsewhere',
    server: 's2',
    what: 'Close',
    view: 'a.example',
  })
  useAskFirst.getState().asking?.again()
  expect(went).toEqual([true])
})

test('who was asked about the other server is not asked again when the right is asked for after it', () => {
  const went: boolean[] = []
  asksFirst(refused('refusal.no-write-scope'), { what: 'Close', elsewhere: true, again: meant => went.push(meant) })
  expect(useAskFirst.getState().asking?.about).toBe('rights')
  useAskFirst.getState().asking?.again()
  expect(went).toEqual([true])
})
