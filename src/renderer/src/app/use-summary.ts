import { useState } from 'react'
import type { Server } from '../../../shared/contract/servers.ts'
import { say } from '../../../shared/messages/say.ts'
import type { Case } from '../features/reports/CaseHead.tsx'
import type { Summary } from '../features/reports/SummaryDialog.tsx'
import { summaryOf } from '../features/reports/summary.ts'

const copy = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // No permission, or a page that is not in front: it can be copied by hand.
    return false
  }
}

/**
 * Copies a case for the team's chat; with a second opinion asked for it is given back as well, since the server lets one assign only to
 * oneself. `giveBack` arms that.
 */
export const useSummary = (shown: Case | undefined, server: Server | undefined, giveBack: () => void) => {
  const [summary, setSummary] = useState<Summary | null>(null)
  const show = (text: string, says: string | null) => void copy(text).then(copied => setSummary({ text, copied, says }))
  return {
    summary,
    close: () => setSummary(null),
    copySummary: () => {
      if (shown) show(summaryOf(shown, server), null)
    },
    askSecond: () => {
      if (!shown) return
      const { assignedTo } = shown.report
      const says = assignedTo?.me
        ? say('second.given-back')
        : assignedTo
          ? say('second.theirs', { who: assignedTo.name })
          : say('second.nobody')
      show(`${say('second.asked')}\n${summaryOf(shown, server)}`, says)
      if (assignedTo?.me) giveBack()
    },
  }
}
