import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvLine } from '../../src/main/engine/log/csv.ts'

const cell = fc.string({
  unit: fc.constantFrom('a', ' ', '"', ',', ';', '\t', "'", '=', 'é', '詐', '\u{1f33f}', '\r\n'),
  maxLength: 12,
})

test('a row of the log is written as csv-stringify writes it', () => {
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 12 }), cells => {
      expect(csvLine(cells)).toBe(stringify([cells], { record_delimiter: '\r\n' }))
    }),
  )
})

test('a line end of any kind stands inside of quotes', () => {
  for (const end of ['\n', '\r']) expect(csvLine(['a', `b${end}c`])).toBe(`a,"b${end}c"\r\n`)
})
