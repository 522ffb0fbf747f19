import { create } from 'zustand'

/** Posts whose content warning was opened; forgotten when another case comes up. */
export const useOpened = create<{ of: string; posts: readonly string[] }>(() => ({ of: '', posts: [] }))

const openedOf = (of: string) => (useOpened.getState().of === of ? useOpened.getState().posts : [])

/** Opens or closes one. */
export const toggleWarning = (of: string, post: string) => {
  const opened = openedOf(of)
  useOpened.setState({
    of,
    posts: opened.includes(post) ? opened.filter(each => each !== post) : [...opened, post],
  })
}

/** Opens the first that is closed; closes all when none is. */
export const openNextWarning = (of: string, warned: readonly string[]) => {
  const opened = openedOf(of)
  const next = warned.find(post => !opened.includes(post))
  useOpened.setState({ of, posts: next === undefined ? [] : [...opened, next] })
}
