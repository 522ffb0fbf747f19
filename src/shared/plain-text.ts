import type { Content, ContentNode, ContentTag } from './contract/posts.ts'

const lines: ReadonlySet<ContentTag | 'a'> = new Set(['p', 'blockquote', 'pre', 'ul', 'ol', 'li', 'h'])

const textOf = (nodes: readonly ContentNode[]): string => {
  let text = ''
  for (const node of nodes)
    if (typeof node === 'string') text += node
    else if (node.tag === 'br') text += '\n'
    else text += lines.has(node.tag) ? `\n${textOf(node.kids)}\n` : textOf(node.kids)
  return text
}

/** Blanks that are not one blank between two words. */
const UNTIDY = /^\s|\s\s|[^\S ]|\s$/u
const tidied = (line: string): string => (UNTIDY.test(line) ? line.replace(/\s+/gu, ' ').trim() : line)

/** The content's text alone, for rows, samples and search: one line a paragraph, blanks drawn together. Never to be parsed again. */
export const plainText = (content: Content): string =>
  textOf(content.nodes)
    .split('\n')
    .map(tidied)
    .filter(line => line !== '')
    .join('\n')
