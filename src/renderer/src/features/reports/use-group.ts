import type { GroupHead } from '../../../../shared/contract/reports.ts'
import { type OpenList, useLinesVersion } from './use-open-list.ts'

/** The group that a line stands in, where its head is known. */
export const useGroupAt = (list: OpenList | undefined, index: number | undefined): GroupHead | undefined => {
  useLinesVersion(list?.of)
  if (!list || index === undefined) return undefined
  const head = list.of.headAbove(index)
  const line = head === undefined ? undefined : list.of.at(head)
  return line?.line === 'group' ? line.group : undefined
}
