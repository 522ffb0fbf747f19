import { create } from 'zustand'

/** What of a case was opened by hand: texts behind a warning by their post, and what a legal case hides by its name; forgotten with the case. */
export const useOpened = create<{ of: string; parts: readonly string[] }>(() => ({ of: '', parts: [] }))

const openedOf = (of: string) => (useOpened.getState().of === of ? useOpened.getState().parts : [])

/** Opens or closes one. */
export const toggleOpened = (of: string, part: string) => {
  const opened = openedOf(of)
  useOpened.setState({
    of,
    parts: opened.includes(part) ? opened.filter(each => each !== part) : [...opened, part],
  })
}

/** Opens the first warning that is closed; false when none is. */
export const openNextWarning = (of: string, warned: readonly string[]): boolean => {
  const opened = openedOf(of)
  const next = warned.find(post => !opened.includes(post))
  if (next !== undefined) useOpened.setState({ of, parts: [...opened, next] })
  return next !== undefined
}

/** Closes everything. */
export const closeAll = () => useOpened.setState({ of: '', parts: [] })

/** The name of a post's text in a legal case. */
export const legalText = (post: string) => `legal-${post}`
