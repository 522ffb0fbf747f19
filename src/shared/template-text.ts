/** What a template may leave open: the rules that were broken, the reported posts, and the page where a member may object. */
export const placeholders = ['rules', 'posts', 'appeal'] as const
export type Placeholder = (typeof placeholders)[number]

const MARK = /\{([^{}]*)\}/g

const isPlaceholder = (name: string): name is Placeholder => placeholders.some(each => each === name)

/** Names in braces that a template cannot fill, each once: a slip of the pen would reach a member. */
export const unknownPlaceholders = (text: string): string[] => [
  ...new Set([...text.matchAll(MARK)].map(match => match[1] ?? '').filter(name => !isPlaceholder(name))),
]

/**
 * A template with its places filled. What is empty leaves no line behind it: a line that holds nothing but such a place goes. What is
 * put in is not looked at again, so that a rule's text with braces stays as it is.
 */
export const fillTemplate = (text: string, values: Readonly<Record<Placeholder, string>>): string =>
  text
    .split('\n')
    .flatMap(line => {
      const names = [...line.matchAll(MARK)].map(match => match[1] ?? '')
      const isBare = names.length > 0 && line.replace(MARK, '').trim() === ''
      if (isBare && names.every(name => isPlaceholder(name) && values[name] === '')) return []
      return [line.replace(MARK, (whole, name: string) => (isPlaceholder(name) ? values[name] : whole))]
    })
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
