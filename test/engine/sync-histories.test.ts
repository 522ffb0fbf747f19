import { expect, test } from 'vitest'
import { openGround, until } from './ground.ts'
import { playHistory } from './sync-history.ts'

// The long form, over hundreds of seeds, is in test/soak.
test.for([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])(
  'history %i: whatever happens in between, when it is quiet mirror and server agree',
  async seed => {
    await using ground = await openGround()
    const { agree, dropped } = await playHistory(ground, seed, 40)
    await until(agree, same => same, ground.patient, 10_000)
    expect(await dropped()).toEqual([])
  },
)
