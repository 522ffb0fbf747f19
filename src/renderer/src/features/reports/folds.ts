import { useCallback } from 'react'
import { type Folding, nothingFolded } from '../../../../shared/contract/reports.ts'
import { useDesk } from './store.ts'

/** No more are named at once. */
const MOST = 5_000

export const isFoldedIn = ({ all, but }: Folding, name: string) => all !== but.includes(name)

/** The same with one group folded, or no longer. */
export const foldedTo = (folding: Folding, name: string, folded: boolean): Folding => {
  if (isFoldedIn(folding, name) === folded) return folding
  const { all, but } = folding
  return { all, but: but.includes(name) ? but.filter(other => other !== name) : [...but, name].slice(-MOST) }
}

/** Which groups of a list are folded: of each queue, server and view by itself, for as long as the page is open. */
export const useFolds = (of: string) => {
  const folds = useDesk(desk => desk.folds[of])
  const folding = folds?.folding ?? nothingFolded
  const put = useCallback(
    (next: (before: Folding) => Folding, at: number | null) =>
      useDesk.setState(({ folds }) => ({
        folds: { ...folds, [of]: { folding: next(folds[of]?.folding ?? nothingFolded), at } },
      })),
    [of],
  )
  return {
    folding,
    at: folds?.at ?? null,
    /** Folds the group whose head stands at a line, or unfolds it. */
    fold: useCallback(
      (name: string, folded: boolean, at: number | null) => put(before => foldedTo(before, name, folded), at),
      [put],
    ),
    foldAll: useCallback((all: boolean) => put(() => ({ all, but: [] }), null), [put]),
  }
}
export type Folds = ReturnType<typeof useFolds>
