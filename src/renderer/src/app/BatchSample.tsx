import type { BatchItem } from '../../../shared/contract/batches.ts'
import { say } from '../../../shared/messages/say.ts'
import { plainText } from '../../../shared/plain-text.ts'
import { visibleControls } from '../../../shared/visible-text.ts'
import { useLive } from '../client/use-live.ts'
import { cx } from '../ui/cx.ts'
import { Domain } from '../ui/Domain.tsx'
import { HandleInline } from '../ui/Handle.tsx'
import parts from '../ui/parts.module.css'
import { CategoryMark } from '../ui/State.tsx'

const Report = ({ server, id }: { server: string; id: string }) => {
  const { data, failure } = useLive('reports.case', { server, id })
  if (!data) return <span className={parts.quiet}>{failure ? say('case.none') : say('batch.looking')}</span>
  const { report, comment, posts } = data
  // What is reported as illegal, or stands behind a warning, is not shown in passing.
  const shown = posts.find(post => post.warning === '')
  const said = shown && report.category !== 'legal' ? plainText(shown.content) : ''
  return (
    <>
      <span className={parts.line}>
        <CategoryMark category={report.category} />
        <span className={parts.cut}>
          <HandleInline who={report.target} />
        </span>
        <span className={parts.push} />
        <span className={parts.quiet}>{say('batch.posts', { count: report.posts })}</span>
      </span>
      {said !== '' && (
        <span className={parts.cut} dir="auto" lang={shown?.language ?? undefined}>
          {said}
        </span>
      )}
      {comment !== '' && report.category !== 'legal' && (
        <span className={cx(parts.cut, parts.soft)} dir="auto">
          {comment}
        </span>
      )}
    </>
  )
}

const Signup = ({ server, id }: { server: string; id: string }) => {
  const { data, failure } = useLive('signups.rows', { server, ids: [id] })
  const row = data?.rows[0]
  if (!row) return <span className={parts.quiet}>{data || failure ? say('case.none') : say('batch.looking')}</span>
  return (
    <>
      <span className={parts.line}>
        <span className={parts.cut}>
          <HandleInline who={row.account} />
        </span>
        <span className={parts.push} />
        <bdi className={parts.quiet}>{visibleControls(row.address ?? '')}</bdi>
      </span>
      <span className={parts.cut} dir="auto">
        {row.reason === '' ? say('signups.no-reason') : row.reason}
      </span>
    </>
  )
}

/** One of those that a batch acts on, as far as a glance needs it. */
export const BatchSample = ({ item: { server, subject } }: { item: BatchItem }) => {
  if (subject.of === 'report') return <Report server={server} id={subject.id} />
  if (subject.of === 'signup') return <Signup server={server} id={subject.id} />
  return <Domain name={subject.id} />
}
