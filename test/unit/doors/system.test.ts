import { expect, test, vi } from 'vitest'
import { closeBeforeQuit } from '../../../src/main/doors/electron/system.ts'

type Hear = (event: { preventDefault(): void }) => void
const app = vi.hoisted(() => ({ heard: [] as Hear[], quits: 0 }))
vi.mock('electron', () => ({
  app: { on: (_: string, hear: Hear) => app.heard.push(hear), quit: () => app.quits++ },
  powerMonitor: {},
}))

test('a system that ends while the desk is closing already, and takes its time, waits four seconds and no more', async () => {
  vi.useFakeTimers()
  let ending = false
  closeBeforeQuit(
    () => new Promise(() => {}),
    () => ending,
  )
  const quit = () => {
    for (const hear of app.heard) hear({ preventDefault() {} })
  }
  quit()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(app.quits, 'a person waits as long as that takes').toBe(0)
  ending = true
  quit()
  await vi.advanceTimersByTimeAsync(4_000)
  expect(app.quits).toBe(1)
  vi.useRealTimers()
})
