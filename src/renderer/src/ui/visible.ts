import type { ContentNode } from '../../../shared/contract/posts.ts'

/** Blanks that Unicode calls letters or symbols: Hangul and Khmer fillers are default-ignorable, the empty Braille cell is not. */
const INVISIBLE = /[\s\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]/gu

/** Whether a text leaves any mark on the screen. */
export const isVisible = (text: string) => text.replace(INVISIBLE, '') !== ''

/** Whether a tree of content does. */
export const showsSomething = (nodes: readonly ContentNode[]): boolean =>
  nodes.some(node => (typeof node === 'string' ? isVisible(node) : showsSomething(node.kids)))
