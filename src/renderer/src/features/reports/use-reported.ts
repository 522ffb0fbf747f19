import { useState } from 'react'
import { REPORTED_LENGTH } from '../../../../shared/contract/posts.ts'
import { useLive } from '../../client/use-live.ts'
import type { Case } from './CaseHead.tsx'

/** The reported posts of a case: those that it has, and more of them when someone asks for more. */
export const useReported = (shown: Case) => {
  const { server, id } = shown.report
  const [most, setMost] = useState(REPORTED_LENGTH)
  const wants = most > REPORTED_LENGTH
  const more = useLive('reports.posts', wants ? { server, id, most } : null)
  const { posts, postsLeft, postsUnread } = (wants ? (more.data ?? more.before) : undefined) ?? shown
  const next = Math.min(REPORTED_LENGTH, postsLeft)
  return { posts, left: postsLeft, unread: postsUnread, next, onMore: () => setMost(most + next) }
}
