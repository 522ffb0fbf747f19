/** The reports that people wrote by hand, open and closed; and numbering all reports by time. */

import { withDates } from './moments.ts'
import type { Complaint } from './script.ts'
import type { ReportDraft, Story } from './story.ts'
import { closed, open } from './texts/complaints.ts'
import { told } from './threads.ts'

/** Files the reports of the story. */
export function fileComplaints(story: Story): void {
  for (const complaint of [...closed, ...open]) story.reports.push(draftOf(story, complaint))
}

function draftOf(story: Story, complaint: Complaint): ReportDraft {
  const by = story.reporter(complaint.by)
  const createdAt = story.at(complaint.ago)
  const lang = by.user?.locale === 'en' ? 'en' : 'de'
  return {
    accountId: by.id,
    targetAccountId: story.who(complaint.about).id,
    // What comes from other servers has no category and no rules: Mastodon files it under "other".
    category: by.domain === null ? complaint.category : 'other',
    comment: withDates(complaint.comment, story.now, lang),
    forwarded: by.domain === null ? (complaint.forwarded ?? false) : null,
    createdAt,
    actionTakenAt: complaint.done === undefined ? null : story.at(complaint.done.ago),
    actionTakenByAccountId: complaint.done === undefined ? null : story.who(complaint.done.by).id,
    assignedAccountId: complaint.assigned === undefined ? null : story.who(complaint.assigned).id,
    statusIds: (complaint.posts ?? []).map(key => told(story, key).id),
    ruleIds: by.domain === null && complaint.rules !== undefined ? complaint.rules.map(String) : null,
    label: null,
  }
}

/** Gives the reports their numbers. */
export function numberReports(story: Story): void {
  const oldestFirst = [...story.reports].sort((a, b) => a.createdAt - b.createdAt)
  for (const draft of oldestFirst) {
    const id = story.world.reports.serials.next()
    story.world.addReport({ id, ...draft, updatedAt: draft.actionTakenAt ?? draft.createdAt })
  }
}
