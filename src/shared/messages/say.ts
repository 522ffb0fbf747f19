import { setupI18n } from '@lingui/core'
import { type CompiledMessage, compileMessage } from '@lingui/message-utils/compileMessage'
import type { Failure } from '../contract/failure.ts'
import { calm } from '../visible-text.ts'
import { knownMessages, messagesOf } from './catalogues.ts'
import { en } from './en.ts'
import { isolated } from './isolated.ts'
import { directionOf, findLanguage, localeOf, type Spoken } from './languages.ts'
import { disguised, PSEUDO } from './pseudo.ts'

/** The code of a sentence. Another language has the same codes. */
export type MessageCode = keyof typeof en
type Values = Readonly<Record<string, string | number>>

let now: { spoken: Spoken; locale: string } = { spoken: 'en', locale: 'en' }
/** What was asked for last: the file of a language may come after another one was chosen. */
let wish = now
const compiled = new Map<string, CompiledMessage>()
const listeners = new Set<() => void>()

const i18n = setupI18n()
const compile = (text: string): CompiledMessage => {
  const message = compileMessage(text, now.spoken === PSEUDO ? disguised : undefined)
  return directionOf(now.spoken) === 'rtl' ? isolated(message) : message
}
i18n.setMessagesCompiler(text => {
  // Most sentences have nothing to put in: they need no parser, which took a good part of a start.
  if (now.spoken !== PSEUDO && !/[{}'#]/.test(text)) return [text]
  const known = compiled.get(text) ?? compile(text)
  compiled.set(text, known)
  return known
})
i18n.loadAndActivate({ locale: 'en', messages: en })

/**
 * From when it ends every sentence is in this language, at once where that was spoken before; `wanted` are the tags that the system asks
 * for, the best first. Rejects where the language's file cannot be had: the last one is spoken on.
 */
export const speak = async (spoken: Spoken, wanted: readonly string[]): Promise<void> => {
  const mine = { spoken, locale: localeOf(spoken, wanted) }
  wish = mine
  const messages = knownMessages(spoken) ?? (await messagesOf(spoken))
  if (wish !== mine || (mine.spoken === now.spoken && mine.locale === now.locale)) return
  now = mine
  compiled.clear()
  i18n.loadAndActivate({ locale: spoken, locales: [mine.locale], messages: { ...messages } })
  for (const run of listeners) run()
}

/** The first language that the system asks for and Howdah speaks, else English. */
export const speakLike = (wanted: readonly string[]): Promise<void> =>
  speak(findLanguage(wanted)?.spoken ?? 'en', wanted)

/** The language of the sentences. */
export const spoken = (): Spoken => now.spoken
/** The locale of dates, numbers and lists beside them. */
export const locale = (): string => now.locale

/** Runs `run` whenever the language changes, until the function that it answers is called. */
export const onSpoken = (run: () => void): (() => void) => {
  listeners.add(run)
  return () => void listeners.delete(run)
}

const isCode = (code: string): code is MessageCode => Object.hasOwn(en, code)

/** The sentence of a code, with its values put in: of what comes from outside, nothing that would turn or hide the words around it. */
export const say = (code: MessageCode, values: Values = {}): string => {
  const put: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(values)) put[name] = typeof value === 'string' ? calm(value) : value
  return i18n._(code, put)
}

/** The sentence of a code that came over the wire: where this version has none, the code itself, so that nothing is hidden. */
export const sayCode = (code: string, values: Values = {}): string => (isCode(code) ? say(code, values) : code)

/** The sentence of a failure: that of its reason where there is one, else that of its code. */
export const sayFailure = (failure: Pick<Failure, 'code' | 'detail'>): string => {
  const reason = failure.detail.reason
  return typeof reason === 'string' && isCode(reason)
    ? say(reason, failure.detail)
    : say(`failure.${failure.code}`, failure.detail)
}
