import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { useAskFirst } from '../../../src/renderer/src/client/ask-first.ts'
import { ClientProvider } from '../../../src/renderer/src/client/engine.tsx'
import { useArm } from '../../../src/renderer/src/client/use-arm.ts'
import { Failure } from '../../../src/shared/contract/failure.ts'
import { ServerKey } from '../../../src/shared/contract/ids.ts'
import type { Engine } from '../../../src/shared/contract/index.ts'

/** The engine up to its answer to each arming, in their order. */
const armingOn = (...answers: (Failure | 'armed')[]) => {
  const call = vi.fn(async () => {
    const answer = answers.shift()
    if (answer instanceof Failure) throw answer
  })
  const made: ReturnType<typeof useArm>[] = []
  const Form = () => {
    made.push(useArm())
    return null
  }
  const client = { engine: { call } as unknown as Engine, shell: {} as never }
  renderToStaticMarkup(
    <ClientProvider client={client}>
      <Form />
    </ClientProvider>,
  )
  return { call, arm: made[0]?.arm }
}

const key = ServerKey.parse('s1')
const input = { server: key, subject: { of: 'email-domain', id: 'wave.example' }, kind: 'email-domain.block' } as const
const noRight = new Failure('not-allowed', { reason: 'refusal.no-write-scope', key })

test('a form is told that its decision is armed: at once, or after the right was granted', async () => {
  const onArmed = vi.fn()
  await armingOn('armed').arm?.(input, onArmed)
  expect(onArmed).toHaveBeenCalledTimes(1)

  const { arm, call } = armingOn(noRight, 'armed')
  await arm?.(input, onArmed)
  expect(onArmed).toHaveBeenCalledTimes(1)
  const { asking } = useAskFirst.getState()
  expect(asking).toMatchObject({ about: 'rights', server: key })
  asking?.again()
  await vi.waitFor(() => expect(onArmed).toHaveBeenCalledTimes(2))
  expect(call).toHaveBeenCalledTimes(2)
})
