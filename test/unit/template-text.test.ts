import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  fillTemplate,
  inReadersOrder,
  isForeign,
  languageTag,
  placeholders,
  unknownPlaceholders,
} from '../../src/shared/template-text.ts'

const values = {
  rules: 'No spam\nNo doxxing',
  posts: 'https://a.example/1',
  appeal: 'https://a.example/disputes/strikes',
}
const nothing = { rules: '', posts: '', appeal: '' }

test('each place is filled, and an empty one leaves no line behind it', () => {
  const text = 'Hello,\n\nyour posts break these rules:\n{rules}\n\n{posts}\n\nYou can object: {appeal}'
  expect(fillTemplate(text, values)).toBe(
    'Hello,\n\nyour posts break these rules:\nNo spam\nNo doxxing\n\nhttps://a.example/1\n\nYou can object: https://a.example/disputes/strikes',
  )
  expect(fillTemplate(text, nothing)).toBe('Hello,\n\nyour posts break these rules:\n\nYou can object:')
})

test('what is put in is not looked at again', () => {
  expect(fillTemplate('{rules} {posts}', { ...nothing, rules: 'Write {posts} and {appeal}', posts: 'x' })).toBe(
    'Write {posts} and {appeal} x',
  )
})

test('a slip of the pen is found, by its name', () => {
  expect(unknownPlaceholders('{rules} {rule} {rule} {Appeal} {}')).toEqual(['rule', 'Appeal', ''])
  expect(unknownPlaceholders(placeholders.map(name => `{${name}}`).join(' '))).toEqual([])
  expect(unknownPlaceholders('no braces, or only one {')).toEqual([])
})

test('no text of a member goes out with a place left open', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('{rules}', '{posts}', '{appeal}', '\n'))), parts => {
      const text = parts.join('')
      if (unknownPlaceholders(text).length > 0) return
      expect(
        unknownPlaceholders(fillTemplate(text, nothing)).filter(name => placeholders.some(one => one === name)),
      ).toEqual([])
    }),
  )
})

test('what a server calls a language is read as a tag, or not at all', () => {
  const tags = ['fr', 'pt-BR', 'zh_CN', 'sr-Latn', 'EN', '', 'x y', '<b>', null].map(languageTag)
  expect(tags).toEqual(['fr', 'pt-BR', 'zh-CN', 'sr-Latn', 'en', null, null, null, null])
})

test('templates in the language of the reader stand first, then other forms of it; else it is said that there is none', () => {
  const templates = ['de', 'pt', 'en', 'pt-BR'].map(language => ({ language }))
  const order = (reader: string | null) => {
    const { templates: ranked, fits } = inReadersOrder(templates, reader)
    return [ranked.map(({ language }) => language).join(' '), fits]
  }
  expect(order('pt-BR')).toEqual(['pt-BR pt de en', true])
  expect(order('en-GB')).toEqual(['en de pt pt-BR', true])
  expect(order('fr')).toEqual(['de pt en pt-BR', false])
  expect(order(null)).toEqual(['de pt en pt-BR', true])
})

test('a text is foreign to who reads no form of its language, and to nobody where its language is not known', () => {
  expect(isForeign('en', 'de')).toBe(true)
  expect(isForeign('en-GB', 'en')).toBe(false)
  expect(isForeign('pt-BR', 'pt-PT')).toBe(false)
  expect(isForeign('', 'de')).toBe(false)
})
