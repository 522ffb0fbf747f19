import { expect, test } from 'vitest'
import { askAhead, takeCase } from '../../../src/renderer/src/app/ask-case.ts'
import { contract } from '../../../src/shared/contract/index.ts'
import { connect } from '../../../src/shared/contract/rpc.ts'
import { pairOfWires } from '../../../src/shared/contract/wires.ts'
import { systemClock } from '../../../src/shared/system-clock.ts'

const nextTask = () => new Promise(resolve => setTimeout(resolve, 5))

test('a case asked for by its key is taken once, in the same task; what nobody takes is called off', async () => {
  const [near, far] = pairOfWires()
  const heard: string[] = []
  far.listen({
    text: text => {
      const { t, m } = JSON.parse(text)
      if (t !== 'watch') heard.push(m ?? t)
    },
    close: () => {},
  })
  const engine = connect(contract, async () => near, { clock: systemClock })
  const both = ['reports.case', 'decisions.ladder']
  const [one, other] = [
    { server: 's1', id: '1' },
    { server: 's1', id: '2' },
  ]
  const { signal } = new AbortController()
  const ignored = (answer: Promise<unknown>) => void answer.catch(() => {})

  askAhead(engine, one)
  ignored(takeCase(engine, one, signal))
  await nextTask()
  expect(heard.splice(0)).toEqual(both)
  // Read again, it is asked again; another one is never answered with it.
  ignored(takeCase(engine, one, signal))
  askAhead(engine, one)
  ignored(takeCase(engine, other, signal))
  await nextTask()
  expect(heard.splice(0)).toEqual([...both, ...both, ...both, 'cancel', 'cancel'])
  // Not taken in its own task: too old to be shown.
  askAhead(engine, one)
  await nextTask()
  ignored(takeCase(engine, one, signal))
  await nextTask()
  expect(heard.splice(0)).toEqual([...both, 'cancel', 'cancel', ...both])
  // Who took it calls it off by their own signal.
  const leaving = new AbortController()
  askAhead(engine, other)
  ignored(takeCase(engine, other, leaving.signal))
  leaving.abort()
  await nextTask()
  expect(heard.splice(0)).toEqual([...both, 'cancel', 'cancel'])
  engine.close()
})
