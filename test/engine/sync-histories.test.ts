import { expect, test } from 'vitest'
import { openGround } from './ground.ts'
import { playHistory } from './sync-history.ts'

// In each of these the server is put back to a backup, which is noticed. The long form, over hundreds of seeds, is in test/soak.
test.for([2007, 2011, 2021])(
  'history %i: whatever happens in between, when it is quiet mirror and server agree, and the log tells what was done, once',
  { timeout: 60_000 },
  async seed => {
    await using ground = await openGround()
    const { quiet, wrong } = await playHistory(ground, seed, 50)
    expect(await quiet()).toEqual([])
    expect(await wrong()).toEqual([])
  },
)
