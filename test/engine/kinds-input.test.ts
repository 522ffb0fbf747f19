import { expect, test } from 'vitest'
import type { Fields } from '../../src/shared/contract/decisions.ts'
import { kinds, openBench } from './journal-ground.ts'
import { shapes } from './journal-shapes.ts'
import { type FieldType, isMessageCode, kindFields } from './kinds-fields.ts'

/** What each type of field may be given by mistake, by a file or by an older script; the contract's K.11 and E.1 to E.7. */
const bad: Readonly<Record<FieldType, readonly Fields[string][]>> = {
  text: [7, true, null, ['a'], 'x'.repeat(2001)],
  code: ['', 'nonsense', 'SUSPEND', ' suspend', null, 1, true],
  codes: ['1', 1, null, ['not-an-id'], [''], ['-1'], ['1e3'], ['9'.repeat(21)]],
  flag: ['true', '', 1, 0, null],
  number: ['60', -1, 0.5, 1e12, null, true],
}

test('every field of every kind refuses what it cannot be, alone and in a batch, in a sentence, and nothing is sent', async () => {
  await using bench = await openBench()
  const { desk, key, ground } = bench
  for (const { kind, name, type, optional } of kindFields) {
    const given = shapes[kind].fields ?? {}
    const subject = bench.subjectOf(kind)
    const tries: Fields[] = bad[type].map(value => ({ ...given, [name]: value }))
    // Without it, where it has to be said.
    const { [name]: _, ...without } = given
    if (!optional) tries.push(without)
    for (const fields of tries) {
      const asked = { kind, fields }
      const alone = await desk
        .call('decisions.arm', { server: key, subject, ...asked })
        .catch((error: unknown) => error)
      const many = await desk
        .call('batches.preview', { ...asked, items: [{ server: key, subject }] })
        .catch((error: unknown) => error)
      for (const refused of [alone, many]) {
        expect([kind, name, fields[name], refused]).toMatchObject([kind, name, fields[name], { code: 'invalid-input' }])
        const { reason } = (refused as { detail: { reason?: string } }).detail
        expect([kind, name, fields[name], reason, isMessageCode(reason)]).toEqual([
          kind,
          name,
          fields[name],
          expect.stringMatching(/^field\./),
          true,
        ])
      }
    }
  }
  // What no kind knows is refused by each.
  for (const kind of kinds)
    await expect(
      desk.call('decisions.arm', {
        server: key,
        subject: bench.subjectOf(kind),
        kind,
        fields: { ...shapes[kind].fields, colour: 'red' },
      }),
    ).rejects.toMatchObject({ code: 'invalid-input' })
  expect(ground.server.ledger.entries.filter(entry => entry.method !== 'GET' && entry.effect)).toEqual([])
})
