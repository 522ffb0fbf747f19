import { expect, test } from 'vitest'
import { caveatsOf } from '../../../src/renderer/src/features/servers/caveats.ts'

test('a desktop whose token lies in a key file says so all the time; plain http is said behind both doors', () => {
  for (const insecure of [true, false])
    for (const door of ['desktop', 'browser'] as const)
      for (const sealedBy of ['keyring', 'key-file'] as const) {
        const codes = caveatsOf({ insecure, sealedBy }, door)
        expect([door, sealedBy, codes.includes('servers.key-file')]).toEqual([
          door,
          sealedBy,
          door === 'desktop' && sealedBy === 'key-file',
        ])
        expect(codes.includes('servers.insecure')).toBe(insecure)
      }
})
