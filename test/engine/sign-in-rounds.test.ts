import { expect, test } from 'vitest'
import { openSigned, playSignOuts, playSpoilt, playStrays } from './sign-in-rounds.ts'

// The long forms of sign-outs and of spoilt tokens are of `npm run soak`.

test('every sign-out ends proved or flagged, however the server answers, and no token comes back', async () => {
  await using ground = await openSigned()
  expect(await playSignOuts(ground, 14)).toEqual({
    rounds: 14,
    // Where the server does as it should, also when it was not heard.
    proved: 4,
    flagged: 10,
    neither: [],
    sameToken: 0,
  })
})

test('five hundred answers with a state that is used, guessed, missing, cut or turned are no sign-in, and end none', async () => {
  await using ground = await openSigned()
  expect(await playStrays(ground, 500)).toEqual([])
})

test('a token that was spoilt on the disk ends its sign-in once, and nothing else', async () => {
  await using ground = await openSigned()
  expect(await playSpoilt(ground, 12)).toEqual([])
})
