type Watcher = { topics: readonly string[]; stale(): void }

/**
 * Who watches what at this end of a wire. `tell` sends the other end all topics, as seldom as can be: what is new at once, so that no
 * call goes out before it; what nobody watches any more when this task is done, since a page often watches the same again.
 */
export const watching = (tell: (topics: readonly string[]) => void) => {
  const watchers = new Set<Watcher>()
  let told: ReadonlySet<string> = new Set()
  const all = () => new Set([...watchers].flatMap(watcher => watcher.topics))
  const tellAll = () => {
    told = all()
    tell([...told])
  }
  const tellFewer = () => {
    if (all().size < told.size) tellAll()
  }
  return {
    /** Tells it whole, to an end that knows nothing yet. */
    tellAll,
    /** Runs those who watch one of the topics. */
    changed: (topics: readonly string[]) => {
      for (const watcher of [...watchers]) if (watcher.topics.some(topic => topics.includes(topic))) watcher.stale()
    },
    /** Runs everyone. */
    changedAll: () => {
      for (const watcher of [...watchers]) watcher.stale()
    },
    add: (topics: readonly string[], stale: () => void) => {
      const watcher = { topics, stale }
      watchers.add(watcher)
      if (topics.some(topic => !told.has(topic))) tellAll()
      return () => {
        if (watchers.delete(watcher)) void Promise.resolve().then(tellFewer)
      }
    },
  }
}
