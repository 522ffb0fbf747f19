import { contract, type Engine } from '../../../shared/contract/index.ts'
import type { Input, Output, Query } from './question.ts'

/** What was answered before anything was drawn; what became stale meanwhile is not here. */
const answers = new Map<Query, { asked: string; output: unknown }>()
const unwatches = new Set<() => void>()

/** Asks what the first screen will show, before there is one. Ends when it is answered, or was refused: then the screen asks again. */
export const askFirst = async <K extends Query>(engine: Engine, method: K, input: Input<K>): Promise<void> => {
  let stale = false
  const unwatch = engine.watch(contract[method].topics, () => {
    stale = true
    answers.delete(method)
  })
  unwatches.add(unwatch)
  const output = await engine.call(method, input).catch(() => undefined)
  if (output !== undefined && !stale && unwatches.has(unwatch))
    answers.set(method, { asked: JSON.stringify(input), output })
}

/** The answer to a first question, while it holds. */
export const firstAnswer = <K extends Query>(method: K, input: Input<K>): Output<K> | undefined => {
  const answer = answers.get(method)
  // Kept under the name of its own method, whose schema it passed.
  return answer?.asked === JSON.stringify(input) ? (answer.output as Output<K>) : undefined
}

/** From now on each part asks by itself. */
export const endFirst = (): void => {
  for (const unwatch of unwatches) unwatch()
  unwatches.clear()
  answers.clear()
}
