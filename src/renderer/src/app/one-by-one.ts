type Work = () => boolean | Promise<boolean>

/**
 * Does things in the order in which they were asked for, each once the one before has ended: at once where nothing is under way and it takes
 * no time. `last` is the end of all of them, with what the last one came to; none when nothing is under way.
 */
export const oneByOne = (onError: (error: unknown) => void) => {
  let last: Promise<boolean> | undefined
  const failed = (error: unknown) => {
    onError(error)
    return false
  }
  return {
    last: () => last,
    run: (work: Work): void => {
      const begun = last ? last.then(work) : work()
      if (typeof begun === 'boolean') return
      const mine = begun.catch(failed)
      last = mine
      void mine.then(() => {
        if (last === mine) last = undefined
      })
    },
  }
}
