import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { appendLog } from '../../src/main/engine/log/append.ts'
import { logPage } from '../../src/main/engine/log/page.ts'
import { LOG_COUNTED, type LogFilter } from '../../src/shared/contract/log.ts'
import { NOON } from './log-ground.ts'
import { openSearch } from './log-search-ground.ts'

const DAY = 86_400_000

describe('by property', () => {
  const week = () => {
    const ground = openSearch()
    const { append } = ground
    append({
      facts: { kind: 'account.limit', report: '12', account: '77', rules: ['1', '4'], decision: crypto.randomUUID() },
      personal: { target: '@Bob@deep.weide.example' },
    })
    append(
      {
        action: 'decision.done',
        server: 's2',
        facts: { kind: 'account.suspend', report: '12', account: '9' },
        personal: { target: '@ida' },
      },
      NOON + DAY,
    )
    append(
      { source: 'saw', action: 'report.seen-resolved', facts: { report: '13' }, personal: { by: 'Carla' } },
      NOON + 2 * DAY,
    )
    append(
      {
        source: 'saw',
        action: 'report.seen-assigned',
        server: 's2',
        facts: { report: '13' },
        personal: { assigned: 'ada' },
      },
      NOON + 40 * DAY,
    )
    append({ action: 'domain.blocked', server: null, facts: { domain: 'weide.example' } }, NOON + 400 * DAY)
    return ground
  }
  test.each<[LogFilter, number[]]>([
    [{ server: 's2' }, [4, 2]],
    [{ moderator: 'ada' }, [4, 1]],
    [{ moderator: '@Ada@town.example' }, [1]],
    [{ moderator: 'carla' }, [3]],
    [{ moderator: 'carla@town.example' }, [3]],
    [{ moderator: 'carla@harbour.example' }, []],
    [{ moderator: 'nobody' }, []],
    [{ kind: 'account.limit' }, [1]],
    [{ kind: 'decision.done' }, [2]],
    [{ target: '@bob@DEEP.weide.example' }, [1]],
    [{ target: '77' }, [1]],
    [{ target: '@ida' }, [2]],
    [{ target: '@ida@harbour.example' }, [2]],
    [{ target: '@ida@town.example' }, []],
    [{ domain: 'weide.example' }, [5, 1]],
    [{ domain: 'Deep.Weide.example.' }, [1]],
    [{ domain: 'ide.example' }, []],
    [{ rule: '4' }, [1]],
    [{ report: '12' }, [2, 1]],
    [{ report: '12', server: 's2' }, [2]],
    [{ source: 'saw' }, [4, 3]],
    [{ from: NOON + 1, to: NOON + 40 * DAY }, [3, 2]],
    [{ from: NOON + 40 * DAY }, [5, 4]],
    [{ to: NOON + DAY }, [1]],
    [{ from: NOON + DAY, source: 'did' }, [5, 2]],
    [{ from: NOON + 500 * DAY }, []],
    [{ from: 0, to: 1 }, []],
    [{ from: -9e15, to: 9e15 }, [5, 4, 3, 2, 1]],
    [
      {
        moderator: 'ada',
        kind: 'account.limit',
        domain: 'weide.example',
        rule: '1',
        report: '12',
        text: 'bob',
        from: NOON,
        to: NOON + 1,
      },
      [1],
    ],
    [{ moderator: 'ada', kind: 'account.limit', domain: 'weide.example', rule: '2' }, []],
    [{ moderator: '  ', text: '' }, [5, 4, 3, 2, 1]],
  ])('%j', (filter, seqs) => {
    const { found, search } = week()
    expect(found(filter)).toEqual(seqs)
    expect(search(filter)).toMatchObject({ total: seqs.length, more: false, searchedFrom: null })
  })
  test('pages go on below a number, and what is many is counted up to a limit', () => {
    const { gate, writer, search } = openSearch()
    gate.write([], db => {
      for (let i = 0; i <= LOG_COUNTED; i++)
        appendLog(db, writer, NOON + i, { source: 'did', action: 'decision.armed', server: 's1', facts: {} })
    })
    const first = search({ kind: 'decision.armed' }, 3)
    expect(first.entries.map(({ seq }) => seq)).toEqual([10_001, 10_000, 9_999])
    expect(first).toMatchObject({ total: LOG_COUNTED, more: true })
    const before = { before: 9_999, limit: 2 }
    expect(gate.read(db => logPage(db, { kind: 'decision.armed', ...before })).entries.map(({ seq }) => seq)).toEqual([
      9_998, 9_997,
    ])
    expect(search({ kind: 'decision.armed', to: NOON + 10 })).toMatchObject({ total: 10, more: false })
    expect(search({})).toMatchObject({ total: LOG_COUNTED + 1, more: false })
  })
  test('a clock that was set back hides nothing of a period', () => {
    const { append, found } = openSearch()
    append({}, NOON + 90 * DAY)
    append({}, NOON)
    append({}, NOON + DAY)
    expect(found({ kind: 'clock.set-back' })).toEqual([2])
    expect(found({ from: NOON, to: NOON + 2 * DAY })).toEqual([4, 3, 2])
    expect(found({ from: NOON + 80 * DAY })).toEqual([1])
  })
})

describe('by text', () => {
  const texts = {
    japanese: '消費税の還付を装うスパム',
    arabic: 'السلام عليكم، حساب مزعج',
    polish: 'Zażółć gęślą jaźń 🌿',
    english: 'Crypto spam, rule 3: over and over again',
    thai: 'สแปมโฆษณา',
    korean: '스팸계정입니다',
    handle: '@person_4242@mastodon.example',
    mixed: '消費abc税金',
  }
  const names = Object.keys(texts)
  const filled = () => {
    const ground = openSearch()
    for (const text of Object.values(texts)) ground.append({ action: 'note.added', personal: { note: text } })
    return {
      ...ground,
      hits: (text: string) =>
        ground
          .found({ text })
          .map(seq => names[seq - 1])
          .reverse(),
    }
  }
  test.each<[string, string[]]>([
    ['費税', ['japanese']],
    ['の', ['japanese']],
    ['消費', ['japanese', 'mixed']],
    ['ム', ['japanese']],
    ['ｽﾊﾟﾑ', ['japanese']],
    ['費消', []],
    ['消費税の還付', ['japanese']],
    ['消費還付', []],
    ['سلام', ['arabic']],
    ['سل', ['arabic']],
    ['السلام عليكم', ['arabic']],
    ['حِساب', ['arabic']],
    ['zazolc', ['polish']],
    ['ZAŻÓŁĆ', ['polish']],
    ['ges', ['polish']],
    ['🌿', ['polish']],
    ['spa', ['english']],
    ['pam', []],
    ['rule spam', ['english']],
    ['"rule spam"', []],
    ['"over and ov"', []],
    ['"over and over"', ['english']],
    ['3', ['english']],
    ['โฆษณา', ['thai']],
    ['계정', ['korean']],
    ['person_4242', ['handle']],
    ['person_42', []],
    ['@person_4242@mast', ['handle']],
    ['mastodon.example', ['handle']],
    ['消費abc', ['mixed']],
    ['費abc税', ['mixed']],
    ['abc税金', ['mixed']],
    ['ab', ['mixed']],
    ['費税 スパム', ['japanese']],
    ['費税 spam', []],
    ['%', []],
    ['" AND (', ['english']],
    ['" OR (', []],
    ['NOT', []],
    ['NEAR(over spam)', []],
    ['oslash ø', []],
    ['tokens : spam', []],
  ])('%s', (text, expected) => {
    expect(filled().hits(text)).toEqual(expected)
  })
  test('a report, an account, a decision or a code is found by what one would paste', () => {
    const { append, found } = openSearch()
    const decision = crypto.randomUUID()
    append({ facts: { decision, kind: 'account.suspend', report: '4711', account: '108' } })
    append({ action: 'server.signed-in', facts: { origin: 'https://town.example', sealedBy: 'key-file' } })
    for (const text of [decision.toUpperCase(), '4711', '108', 'suspend', 'armed', 'decision.a', '4711 suspend'])
      expect(found({ text })).toEqual([1])
    for (const text of ['https://town.example', 'town', 'signed-in', 'key-file']) expect(found({ text })).toEqual([2])
    for (const text of ['47', decision.slice(0, 8), 'r:4711', '#r:4711']) expect(found({ text })).toEqual([])
  })
  test('no phrase reaches from one text into the next', () => {
    const { append, found } = openSearch()
    append({ facts: { domain: 'one.example' }, personal: { a: 'left words', b: 'right words' } })
    expect(found({ text: '"words right"' })).toEqual([])
    expect(found({ text: '"left words" right' })).toEqual([1])
  })
  test('a beginning that very many words have is found too', () => {
    const { append, found } = openSearch()
    for (let i = 0; i < 100; i++) append({ personal: { note: `zz${i}` } })
    expect(found({ text: 'zz' })).toHaveLength(100)
    expect(found({ text: 'zz9' })).toHaveLength(11)
  })
  test('no text breaks the search, and each entry is found by its own words', () => {
    const { append, found } = openSearch()
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 }))
    fc.assert(
      fc.property(text, fc.string({ unit: 'binary', maxLength: 30 }), (note, typed) => {
        const seq = append({ facts: { domain: note }, personal: { note } })
        expect(() =>
          found({
            text: typed,
            moderator: typed,
            kind: typed,
            target: typed,
            domain: typed,
            rule: typed,
            report: typed,
          }),
        ).not.toThrow()
        const whole = note.replace(/["“”„«»\p{Cs}]/gu, ' ').trim()
        // An accent that stands alone is no word, though Unicode may call it a letter: its plain form shows what it is.
        if (/[\p{L}\p{N}]/u.test(whole.normalize('NFKC'))) expect(found({ text: whole })).toContain(seq)
      }),
      { numRuns: 300, examples: [['\uFE74', '\uFE74']] },
    )
  })
})
