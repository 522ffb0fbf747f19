import { say } from '../../../shared/messages/say.ts'
import type { Folds } from '../features/reports/folds.ts'
import type { useDesk } from '../features/reports/store.ts'
import { groupAt, type OpenList } from '../features/reports/use-open-list.ts'
import { announce } from '../ui/announce.tsx'

/** Folding by key and mouse; the head of a folded group is the current row in place of the one that it hides. */
export const useFolding = (
  list: OpenList | undefined,
  current: ReturnType<typeof useDesk.getState>['current'],
  { fold, foldAll }: Folds,
) => {
  const foldAt = (index: number, folded: boolean) => {
    const found = list && groupAt(list, index)
    if (found) fold(found.group.name, folded, found.head)
  }
  const all = (folded: boolean) => {
    if (!list || list.reports === list.lines) return
    foldAll(folded)
    announce(say(folded ? 'fold.all' : 'fold.none'))
  }
  /** The group whose head is the current row, folded. */
  const folded = current?.folded && list ? groupAt(list, current.index)?.group : undefined
  const unfold = () => current?.folded && foldAt(current.index, false)
  return {
    foldAt,
    folded,
    unfold,
    /** Says why a key that decides does nothing here. */
    explain: () => folded && announce(say('fold.says', { reports: folded.reports })),
    keys: {
      fold: () => current && !current.folded && foldAt(current.index, true),
      unfold,
      'fold-all': () => all(true),
      'unfold-all': () => all(false),
    },
  }
}
