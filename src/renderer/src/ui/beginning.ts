import type { ContentNode } from '../../../shared/contract/posts.ts'

/** Letters that are drawn in the task of a key: no server’s own posts are longer, and what stacks or joins takes longest. */
const AT_ONCE = 20_000

const lengthOf = (nodes: readonly ContentNode[]): number =>
  nodes.reduce((sum, node) => sum + (typeof node === 'string' ? node.length : lengthOf(node.kids)), 0)

/** A long text as far as it is drawn at once, and how many letters come after that. `atOnce`: fewer where many texts stand together. */
export const beginningOf = (
  nodes: readonly ContentNode[],
  atOnce = AT_ONCE,
): { nodes: readonly ContentNode[]; left: number } => {
  const length = lengthOf(nodes)
  if (length <= atOnce) return { nodes, left: 0 }
  let room = atOnce
  const begin = (node: ContentNode): readonly ContentNode[] => {
    if (room <= 0) return []
    if (typeof node !== 'string') return [{ ...node, kids: node.kids.flatMap(begin) }]
    // A letter keeps its other half and its marks.
    const taken = node.length <= room ? node : node.slice(0, room).replace(/\P{M}\p{M}*[\uD800-\uDBFF]?$/u, '')
    room = node.length <= room ? room - node.length : 0
    return [taken]
  }
  const begun = nodes.flatMap(begin)
  return { nodes: begun, left: length - lengthOf(begun) }
}
