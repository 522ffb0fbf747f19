import { useState } from 'react'
import type { Fields, Rung } from '../../../shared/contract/decisions.ts'
import { useWords } from '../client/drafts.ts'
import { Sheet } from '../features/decisions/Sheet.tsx'
import type { Reasons } from '../features/decisions/SheetForm.tsx'
import { noWords, placeOf } from '../features/decisions/store.ts'
import type { Case } from '../features/reports/CaseHead.tsx'
import { CategoryPart, type Filing, isComplete } from '../features/reports/CategoryPart.tsx'
import { ForwardPart } from '../features/reports/ForwardPart.tsx'
import { TemplatePick } from '../features/templates/TemplatePick.tsx'
import type { CaseInView } from './use-case.ts'

/** What the kinds take that act on the report itself. */
const useFields = (rung: Rung, shown: Case) => {
  const { report, account, rulesToName, rules } = shown
  const target = { server: report.server, id: report.id }
  const { words, keep } = useWords(placeOf(target), noWords)
  const { comment } = words
  const [filing, setFiling] = useState<Filing>(() => ({
    category: report.category,
    rules: rules.filter(rule => rule.here).map(rule => rule.id),
  }))
  if (rung.kind === 'report.categorise') {
    const { category } = filing
    return {
      part: <CategoryPart filing={filing} rules={rulesToName} onChange={setFiling} />,
      complete: isComplete(filing),
      fields: { category, rules: category === 'violation' ? [...filing.rules] : [] },
    }
  }
  if (rung.kind === 'report.forward')
    return {
      part: <ForwardPart host={account.domain ?? ''} comment={comment} onChange={text => keep({ comment: text })} />,
      complete: true,
      fields: { comment },
    }
  return null
}

type Shown = { view: CaseInView; rung: Rung; shown: Case; graceSeconds: number }

/** The sheet before a decision on the case in view, with what its kind takes besides. */
export const CaseSheet = ({ view, rung, shown, graceSeconds }: Shown) => {
  const { report, account, rules, posts } = shown
  const { server } = view
  const given = useFields(rung, shown)
  const arm = (reasons: Reasons & { fields?: Fields }) => view.armSheet(reasons)
  return (
    <Sheet
      rung={rung}
      target={{ server: report.server, id: report.id }}
      account={account}
      server={server}
      rules={rung.kind.startsWith('account.') ? rules : []}
      graceSeconds={graceSeconds}
      mailOff={view.mailOff}
      trouble={view.trouble}
      fields={given}
      letter={{
        locale: account.locale,
        cited: {
          category: report.category,
          rules: rules.filter(rule => rule.here).map(rule => rule.text),
          posts: report.posts,
        },
      }}
      onArm={reasons => arm(given ? { ...reasons, text: '', fields: given.fields } : reasons)}
      templates={(picked, onText) => (
        <TemplatePick
          values={{
            rules: picked.join('\n'),
            posts: posts.flatMap(post => post.url ?? []).join('\n'),
            appeal: server ? `${server.origin}/disputes/strikes` : '',
          }}
          reader={account.locale}
          onPick={onText}
        />
      )}
      onBack={view.closeSheet}
    />
  )
}
