import { expect, test } from 'vitest'
import { ended, kinds, openBench, untilIn } from './journal-ground.ts'

test.for(['4.0.15', '4.1.25', '4.2.20', '4.3.23', '4.4.14', '4.5.15', '4.6.5', '4.6.5+glitch'])(
  'release %s: every kind of decision is sent once and seen to have happened, or is refused for the release before anything leaves',
  async release => {
    await using bench = await openBench({ release })
    const { ground, desk } = bench
    const refused: string[] = []
    for (const kind of kinds) {
      const armed = await bench
        .armKind(kind)
        .catch((error: { code: string; detail: { reason?: string } }) => error.detail.reason ?? error.code)
      if (typeof armed === 'string') {
        refused.push(`${kind} ${armed}`)
        expect([kind, bench.writes(kind)]).toEqual([kind, []])
        continue
      }
      const { state } = await untilIn(ground, desk, armed.id, ended)
      // Jobs of the server run when its clock moves.
      ground.clock.advance(1)
      expect([kind, state, bench.writes(kind).length, bench.happened(kind)]).toEqual([kind, 'done', 1, true])
    }
    // 4.0 tells plain tags, of which none can be judged; 4.1 tells them whole and takes no word on them.
    const why = { '4.0.15': 'not-found', '4.1.25': 'refusal.release-trends' }[release]
    expect(refused).toEqual(why ? [`trend.approve ${why}`, `trend.reject ${why}`] : [])
  },
)
