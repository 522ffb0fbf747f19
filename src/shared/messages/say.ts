import { setupI18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import type { Failure } from '../contract/failure.ts'
import { en } from './en.ts'

/** The code of a sentence. Another language has the same codes. */
export type MessageCode = keyof typeof en
type Values = Readonly<Record<string, string | number>>

const i18n = setupI18n()
i18n.setMessagesCompiler(compileMessage)
i18n.loadAndActivate({ locale: 'en', messages: en })

const isCode = (code: string): code is MessageCode => Object.hasOwn(en, code)

/** The sentence of a code, with its values put in. */
export const say = (code: MessageCode, values: Values = {}): string => i18n._(code, { ...values })

/** The sentence of a code that came over the wire: where this version has none, the code itself, so that nothing is hidden. */
export const sayCode = (code: string, values: Values = {}): string => (isCode(code) ? say(code, values) : code)

/** The sentence of a failure: that of its reason where there is one, else that of its code. */
export const sayFailure = (failure: Pick<Failure, 'code' | 'detail'>): string => {
  const reason = failure.detail.reason
  return typeof reason === 'string' && isCode(reason)
    ? say(reason, failure.detail)
    : say(`failure.${failure.code}`, failure.detail)
}
