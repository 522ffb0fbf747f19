import type { CompiledMessage, CompiledMessageToken as Token } from '@lingui/message-utils/compileMessage'

const [FIRST_STRONG_ISOLATE, POP_ISOLATE] = ['\u2068', '\u2069']
/** An `@` at the end of a piece of text, be it before a mark. */
const AT = /@(?=\u200f?$)/

const isMessage = (form: unknown): form is CompiledMessage => Array.isArray(form)

const inForms = (forms: object): object =>
  Object.fromEntries(Object.entries(forms).map(([key, form]) => [key, isMessage(form) ? isolated(form) : form]))

/**
 * A message of a language that is written from right to left, with each value isolated: a handle, a domain or a date then keeps its own
 * order inside the sentence. An `@` before a value is part of it.
 */
export const isolated = (message: CompiledMessage): CompiledMessage =>
  message.flatMap((token, index): Token[] => {
    const [next, last] = [message[index + 1], message[index - 1]]
    const isValue = (one: Token | undefined) => one !== undefined && typeof one !== 'string' && one.length === 1
    if (typeof token === 'string') return [isValue(next) ? token.replace(AT, '') : token]
    const [name, type, forms] = token
    if (type !== undefined && typeof forms === 'object' && forms !== null) return [[name, type, inForms(forms)]]
    if (!isValue(token)) return [token]
    const at = typeof last === 'string' && AT.test(last) ? '@' : ''
    return [FIRST_STRONG_ISOLATE + at, token, POP_ISOLATE]
  })
