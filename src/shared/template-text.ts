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

/** A language as BCP 47 has it, of what a server calls it (`pt_BR` too); null where there is none that a browser knows to read. */
export const languageTag = (name: string | null): string | null => {
  try {
    return Intl.getCanonicalLocales(name?.replaceAll('_', '-') ?? [])[0] ?? null
  } catch {
    return null
  }
}

/** How well a language serves who reads another: the same 2, another form of it 1, else 0. */
const nearness = (language: string, reader: string) =>
  languageTag(language) === reader ? 2 : language.split('-')[0]?.toLowerCase() === reader.split('-')[0] ? 1 : 0

/** Whether a text is in no form of the language that its reader reads; empty where that of the text is not known. */
export const isForeign = (written: string, reader: string): boolean => written !== '' && nearness(written, reader) === 0

/** Those in the reader's language first, each part in the order given; `fits` says whether there is one. */
export const inReadersOrder = <Each extends { language: string }>(
  templates: readonly Each[],
  reader: string | null,
): { templates: Each[]; fits: boolean } => {
  if (reader === null) return { templates: [...templates], fits: true }
  const ranked = templates.map(each => ({ each, rank: nearness(each.language, reader) }))
  return {
    templates: ranked.sort((a, b) => b.rank - a.rank).map(({ each }) => each),
    fits: ranked.some(({ rank }) => rank > 0),
  }
}
