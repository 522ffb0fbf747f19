import type { Topic } from '../../../shared/contract/topics.ts'
import { pairOfWires, type Wire } from '../../../shared/contract/wires.ts'

/** A question, and the one that its answer leads to, if any. */
export type EarlyQuestion = { method: string; input: unknown; next?(answer: object): EarlyQuestion | undefined }

/** A question on its way: its answer, and which call of the page it is for, as soon as each is known. */
type Asked = { next: EarlyQuestion['next']; answer?: object; call?: unknown; isStale?: true }

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
/** What no frame is goes on as it came: the page hangs up on it. */
const read = (text: string): Record<string, unknown> => {
  try {
    const frame: unknown = JSON.parse(text)
    return isObject(frame) ? { ...frame } : {}
  } catch {
    return {}
  }
}
const nameOf = (method: unknown, input: unknown) => `${method} ${JSON.stringify(input)}`

/**
 * Asks questions on a wire before the page has read what it speaks with, and gives the wire on. A call of the page's that was asked already
 * is not sent again: it gets that answer. Knows no schema: the page reads the answers as it reads all others. What one of the `topics`
 * makes stale before the page asked for it is forgotten.
 */
export const askEarly = (wire: Wire, topics: readonly Topic[], questions: readonly EarlyQuestion[]): Wire => {
  const [near, page] = pairOfWires()
  const asked = new Map<unknown, Asked>()
  const unclaimed = new Map<string, number>()
  const send = (frame: object) => wire.send(JSON.stringify(frame))
  let last = 0
  const ask = ({ method, input, next }: EarlyQuestion) => {
    // Below nought, where no call of the page's is.
    last--
    asked.set(last, { next })
    unclaimed.set(nameOf(method, input), last)
    send({ t: 'call', id: last, m: method, p: input })
  }
  const give = (id: unknown, { answer, call }: Asked) => {
    if (answer === undefined || call === undefined) return
    asked.delete(id)
    near.send(JSON.stringify({ ...answer, id: call }))
  }
  const forget = () => {
    for (const id of unclaimed.values()) {
      const question = asked.get(id)
      if (question?.answer) asked.delete(id)
      else if (question) question.isStale = true
    }
    unclaimed.clear()
  }
  const heard = (text: string) => {
    const frame = read(text)
    if (frame.t === 'changed') forget()
    const question = asked.get(frame.id)
    if (!question) return near.send(text)
    if (question.isStale) return void asked.delete(frame.id)
    question.answer = frame
    const then = isObject(frame.r) ? question.next?.(frame.r) : undefined
    if (then) ask(then)
    give(frame.id, question)
  }
  const told = (text: string) => {
    const frame = read(text)
    const name = nameOf(frame.m, frame.p)
    const id = frame.t === 'call' ? unclaimed.get(name) : undefined
    const question = asked.get(id)
    if (question) {
      unclaimed.delete(name)
      question.call = frame.id
      return give(id, question)
    }
    const given = [...asked].find(([, { call }]) => call !== undefined && call === frame.id)
    if (frame.t === 'cancel' && given) return send({ t: 'cancel', id: given[0] })
    // Until all is claimed, what the page does not watch yet is watched for it.
    if (frame.t === 'watch' && Array.isArray(frame.topics) && unclaimed.size > 0)
      return send({ t: 'watch', topics: [...new Set([...frame.topics, ...topics])] })
    wire.send(text)
  }
  send({ t: 'watch', topics })
  for (const question of questions) ask(question)
  near.listen({ text: text => (asked.size === 0 ? wire.send(text) : told(text)), close: wire.close })
  wire.listen({ text: text => (asked.size === 0 ? near.send(text) : heard(text)), close: near.close })
  return page
}
