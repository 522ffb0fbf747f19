import { useSyncExternalStore } from 'react'
import type { GroupHead } from '../../../../shared/contract/reports.ts'
import { groupAt, nothing, type OpenList } from './use-open-list.ts'

/** Something of that group; drawn again when just this changes. */
const useOfGroup = <T>(list: OpenList | undefined, index: number | undefined, pick: (group: GroupHead) => T) =>
  useSyncExternalStore(list?.of.subscribe ?? nothing, () => {
    const group = list && index !== undefined ? groupAt(list, index)?.group : undefined
    return group && pick(group)
  })

const whole = (group: GroupHead) => group
const campaignOf = ({ campaign }: GroupHead) => campaign

export const useGroupAt = (list: OpenList | undefined, index: number | undefined) => useOfGroup(list, index, whole)
/** The campaign that the group is; null where it is none. */
export const useCampaignAt = (list: OpenList | undefined, index: number | undefined) =>
  useOfGroup(list, index, campaignOf)
