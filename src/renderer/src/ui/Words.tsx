import { Fragment, type ReactNode } from 'react'
import { sayCode } from '../../../shared/messages/say.ts'

/** A character that no sentence holds: it keeps the place of a node while ICU puts the sentence together. */
const PLACE = 0xe000

/** The sentence of a code with nodes in it, such as a handle isolated in `bdi`, or a domain in its own face. */
export const Words = ({ code, values = {} }: { code: string; values?: Readonly<Record<string, ReactNode>> }) => {
  const nodes: ReactNode[] = []
  const flat: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string' || typeof value === 'number') flat[name] = value
    else flat[name] = String.fromCharCode(PLACE + nodes.push(value) - 1)
  }
  const pieces = sayCode(code, flat).split(/([\uE000-\uE0FF])/)
  return pieces.map((piece, index) => {
    const node = piece.length === 1 ? nodes[piece.charCodeAt(0) - PLACE] : undefined
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence have no other name
    return <Fragment key={index}>{node === undefined ? piece : node}</Fragment>
  })
}
