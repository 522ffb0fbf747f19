import { type CompiledMessage, compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import { afterEach, expect, test } from 'vitest'
import { wantedBy } from '../../../src/main/doors/language.ts'
import { messagesOf } from '../../../src/shared/messages/catalogues.ts'
import { en, type Messages } from '../../../src/shared/messages/en.ts'
import { directionOf, findLanguage, languages, localeOf } from '../../../src/shared/messages/languages.ts'
import { disguised, PSEUDO } from '../../../src/shared/messages/pseudo.ts'
import { locale, type MessageCode, onSpoken, say, speak, speakLike, spoken } from '../../../src/shared/messages/say.ts'

afterEach(() => speak('en', []))

const codes = Object.keys(en) as MessageCode[]

type Choice = { type: string; name: string; cases: Record<string, CompiledMessage> }

/** Every value of a message, and every plural and select, those within others too. */
const partsOf = (message: CompiledMessage) => {
  const names = new Set<string>()
  const choices: Choice[] = []
  const visit = (tokens: CompiledMessage) => {
    for (const token of tokens) {
      if (typeof token === 'string') continue
      const [name, type, format] = token
      names.add(name)
      if (type !== 'plural' && type !== 'select' && type !== 'selectordinal') continue
      const { offset: _, ...cases } = format as Record<string, CompiledMessage>
      choices.push({ type, name, cases })
      for (const inner of Object.values(cases)) visit(inner)
    }
  }
  visit(message)
  return { names: [...names].sort(), choices }
}
const compiledOf = (messages: Messages, code: MessageCode) => partsOf(compileMessageOrThrow(messages[code]))

test.each(languages)('%s: every message compiles and uses the values that English uses', async language => {
  const messages = await messagesOf(language)
  for (const code of codes) expect([code, compiledOf(messages, code).names]).toEqual([code, compiledOf(en, code).names])
})

test.each(languages)(
  '%s: every plural has the forms of its language, every select the cases of English',
  async language => {
    const rules = new Intl.PluralRules(language)
    // CLDR keeps French `many` for "1 million de"; counts here are digits.
    const forms = rules.resolvedOptions().pluralCategories.filter(form => form !== 'many' || language !== 'fr')
    const messages = await messagesOf(language)
    const faults: string[] = []
    for (const code of codes) {
      const inEnglish = compiledOf(en, code).choices
      for (const { type, name, cases } of compiledOf(messages, code).choices) {
        const keys = Object.keys(cases)
        if (type === 'plural') {
          const named = keys.filter(key => !/^\d+$/.test(key))
          if (named.some(key => !forms.some(form => form === key))) faults.push(`${code}: a form too many of ${name}`)
          const covered = forms.filter(form => form !== 'one' || !keys.includes('1'))
          // One `other` alone serves where no word changes with the count.
          if (named.length > 1 && covered.some(form => !named.includes(form)))
            faults.push(`${code}: a form of ${name} is missing`)
          // Where nought is a "one" (French), words for one must not be said of nought.
          const one = cases.one
          if (one && rules.select(0) === 'one' && !keys.includes('0') && !JSON.stringify(one).includes('"#"'))
            faults.push(`${code}: ${name} says of nought what holds for one`)
        } else {
          const english = inEnglish.find(choice => choice.type === type && choice.name === name)
          if (
            Object.keys(english?.cases ?? {})
              .sort()
              .join() !== keys.sort().join()
          )
            faults.push(`${code}: other cases of ${name}`)
        }
      }
    }
    expect(faults).toEqual([])
  },
)

const counts = [0, 1, 2, 5, 11, 1000, 1_000_000]

test.each([...languages, PSEUDO] as const)('%s: every message reads whole with any count', async language => {
  await speak(language, [])
  const messages = await messagesOf(language)
  const odd: string[] = []
  for (const code of codes) {
    const { names, choices } = compiledOf(messages, code)
    const selects = choices.filter(choice => choice.type === 'select')
    for (const count of counts) {
      const numeric = new Set(choices.filter(choice => choice.type === 'plural').map(choice => choice.name))
      const values = Object.fromEntries(
        names.map(name => {
          const select = selects.find(choice => choice.name === name)
          const keys = Object.keys(select?.cases ?? {})
          return [name, numeric.has(name) ? count : select ? (keys[count % keys.length] ?? 'x') : count]
        }),
      )
      const text = say(code, values)
      if (/[{}#]|undefined|NaN|__lingui/.test(text) || (text.trim() === '' && en[code].trim() !== ''))
        odd.push(`${code}: ${text}`)
    }
  }
  expect(odd).toEqual([])
})

test('French sets its own spaces and apostrophes, and says "vous"', async () => {
  const messages = await messagesOf('fr')
  const faults = codes.filter(code =>
    / [;:!?»]|« |[^\s\u00a0\u202f][;!?»](?!\S)|'|(?<!\p{L})(?:tu|ton|tes|toi)(?!\p{L})/iu.test(
      messages[code].replace(/\{[^{}]*\}/g, 'x'),
    ),
  )
  expect(faults).toEqual([])
})

test('counts are set as the language sets them', async () => {
  await speak('fr', ['fr-FR'])
  expect(say('log.sum', { total: 0 })).toBe('0 entrée')
  expect(say('log.sum', { total: 1234 })).toBe('1\u202f234 entrées')
  await speak('en', [])
  expect(say('log.sum', { total: 0 })).toBe('0 entries')
  expect(say('log.sum', { total: 1234 })).toBe('1,234 entries')
})

test('the language is the first that the system asks for, in the person’s own variety', async () => {
  expect(findLanguage(['de-DE', 'fr-CA', 'en'])).toEqual({ spoken: 'fr', locale: 'fr-CA' })
  expect(findLanguage(['de', 'ja-JP'])).toBeUndefined()
  expect(localeOf('en', ['de-DE', 'en-AU', 'en-US'])).toBe('en-AU')
  expect(localeOf('en', ['fr'])).toBe('en')
  let changes = 0
  const stop = onSpoken(() => changes++)
  await speakLike(['de-DE', 'fr-CA'])
  await speakLike(['de-DE', 'fr-CA'])
  expect([spoken(), locale(), changes]).toEqual(['fr', 'fr-CA', 1])
  stop()
  await speakLike(['de-DE'])
  expect([spoken(), locale(), changes]).toEqual(['en', 'en', 1])
})

test('a terminal says its languages by LANGUAGE, LC_ALL, LC_MESSAGES and LANG', () => {
  expect(wantedBy({ LANG: 'fr_CA.UTF-8' })).toEqual(['fr-CA'])
  expect(wantedBy({ LANG: 'en_US.UTF-8', LC_MESSAGES: 'fr_FR@euro' })).toEqual(['fr-FR'])
  expect(wantedBy({ LANG: 'fr_FR.UTF-8', LC_ALL: 'C.UTF-8', LANGUAGE: 'fr' })).toEqual([])
  expect(wantedBy({ LANG: 'de_DE', LANGUAGE: 'de:fr_CH' })).toEqual(['de', 'fr-CH', 'de-DE'])
  expect(wantedBy({ LANG: 'POSIX' })).toEqual([])
  expect(wantedBy({})).toEqual([])
})

test('from right to left each value keeps its own order, with the @ before it; in English nothing is added', async () => {
  await speakLike([PSEUDO])
  const [open, shut] = ['\u2068', '\u2069']
  expect(say('reports.group.target', { who: '@ida', server: 'a.example' })).toContain(`${open}@ida${shut}`)
  expect(say('servers.about', { acct: 'kim', role: 'Admin', release: '4.6.5' })).toContain(`${open}@kim${shut}`)
  // Values within the forms of a count or a choice, too; the count itself stays a count.
  expect(say('bar.as', { acct: 'kim', role: 'Admin' })).toContain(`${open}Admin${shut}`)
  await speak('en', [])
  expect(say('bar.as', { acct: 'kim', role: 'Admin' })).toBe(', @kim, Admin')
})

test('the pseudo-locale is 40 % longer, accented and right to left, and offered to nobody', async () => {
  expect(languages).not.toContain(PSEUDO)
  expect(directionOf(PSEUDO)).toBe('rtl')
  await speakLike([PSEUDO])
  expect(spoken()).toBe(PSEUDO)
  const text = say('queue.unclaimed')
  expect(text).not.toMatch(/[a-z]/i)
  expect(text.normalize('NFD').replace(/\P{L}/gu, '').length).toBeGreaterThanOrEqual(
    Math.ceil(en['queue.unclaimed'].length * 1.4),
  )
  expect(say('reports.group.target', { who: '@ida', server: 'a.example' })).toContain('@ida')
  expect(disguised(' · ')).toBe(' · ')
  expect(disguised('on').startsWith('\u200f')).toBe(true)
})

test('the language that was asked for last is spoken, however long another one’s file takes', async () => {
  const french = speak('fr', [])
  await speak('en', ['en-GB'])
  await french
  expect([spoken(), locale()]).toEqual(['en', 'en-GB'])
})
