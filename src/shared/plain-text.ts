import type { Content, ContentNode, ContentTag } from './contract/posts.ts'

const lines: ReadonlySet<ContentTag | 'a'> = new Set(['p', 'blockquote', 'pre', 'ul', 'ol', 'li', 'h'])

const textOf = (node: ContentNode): string => {
  if (typeof node === 'string') return node
  if (node.tag === 'br') return '\n'
  const text = node.kids.map(textOf).join('')
  return lines.has(node.tag) ? `\n${text}\n` : text
}

/** The content's text alone, for rows, samples and search: one line a paragraph, blanks drawn together. Never to be parsed again. */
export const plainText = (content: Content): string =>
  content.nodes
    .map(textOf)
    .join('')
    .split('\n')
    .map(line => line.replace(/\s+/gu, ' ').trim())
    .filter(line => line !== '')
    .join('\n')
