import type { ContentNode } from '../../../shared/contract/posts.ts'

/** What is said in a post, as one line, for where there is no room for its paragraphs. */
export const contentText = (nodes: readonly ContentNode[]): string =>
  nodes
    .map(node => (typeof node === 'string' ? node : node.tag === 'br' ? ' ' : ` ${contentText(node.kids)} `))
    .join('')
    .replace(/\s+/gu, ' ')
    .trim()
