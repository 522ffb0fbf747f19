/** What becomes of posts after they were written. */
import type { AccountRecord, StatusRecord } from './model.ts'
import { plainExtra } from './records.ts'

/** Soft-deletes a post: gone for everybody, still in reports (contract F.3). */
export function deleteStatus(author: AccountRecord, status: StatusRecord, now: number): void {
  status.deletedAt = now
  author.statusesCount = Math.max(0, author.statusesCount - 1)
}

/** Gives a post another text; what it said before stays in its history. */
export function editStatus(status: StatusRecord, content: string, spoilerText: string, now: number): void {
  const { createdAt, sensitive } = status
  const extra = status.extra ?? plainExtra
  const first = { at: createdAt, content: status.content, spoilerText: status.spoilerText, sensitive }
  const earlier = extra.edits.length > 0 ? extra.edits : [first]
  status.extra = { ...extra, edits: [...earlier, { at: now, content, spoilerText, sensitive }] }
  Object.assign(status, { content, spoilerText, editedAt: now })
}
