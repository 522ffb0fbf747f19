/** What colleagues, reporters and authors do while somebody watches: the steps of `World.background`, at their time. */

import type { BackgroundStep } from './model-more.ts'
import { deleteStatus, editStatus } from './posts.ts'
import { Crash, Refusal } from './refusals.ts'
import { assignReport, closeReport, fileReport, reopenReport } from './reports.ts'
import type { Sample } from './sample.ts'
import { act, approve, audit, reject } from './strikes.ts'

/** Does one step. False when it makes no sense any more: what it is about is gone, or somebody was faster. */
function doStep(sample: Sample, step: BackgroundStep): boolean {
  const { world, clock } = sample
  if (step.do === 'delete-status' || step.do === 'edit-status') {
    const status = world.statuses.get(step.statusId)
    const author = status === undefined ? undefined : world.account(status.accountId)
    if (status === undefined || author === undefined || status.deletedAt !== null) return false
    if (step.do === 'delete-status') deleteStatus(author, status, clock.now())
    else editStatus(status, step.content, step.spoilerText, clock.now())
    return true
  }
  const by = world.account(step.by)
  if (by === undefined) return false
  switch (step.do) {
    case 'action': {
      const target = world.account(step.accountId)
      if (target === undefined) return false
      act(sample, by, target, { type: step.type, report_id: step.reportId ?? undefined, text: step.text })
      return true
    }
    case 'approve':
    case 'reject': {
      const target = world.account(step.accountId)
      if (target === undefined) return false
      if (step.do === 'approve') approve(sample, by, target)
      else reject(sample, by, target)
      return true
    }
    case 'report': {
      const target = world.account(step.targetAccountId)
      if (target === undefined || target.suspendedAt !== null) return false
      fileReport(sample, by, target, { ...step, forward: false })
      return true
    }
    default: {
      const report = world.reports.get(step.reportId)
      if (report === undefined) return false
      if (step.do === 'assign') assignReport(sample, report, by)
      else if (step.do === 'unassign') assignReport(sample, report, null)
      else if (step.do === 'reopen') reopenReport(sample, report)
      // A colleague does not close what is closed: that would overwrite who did.
      else if (report.actionTakenAt !== null) return false
      else closeReport(sample, report, by)
      audit(sample, by, step.do, 'Report', report.id)
      return true
    }
  }
}

/** Lets the background happen, each step at its time. A step that the server refuses is left out. */
export function startBackground(sample: Sample): void {
  for (const { after, step } of sample.world.background) {
    sample.clock.after(after, () => {
      try {
        doStep(sample, step)
      } catch (reason) {
        if (!(reason instanceof Refusal || reason instanceof Crash)) throw reason
      }
    })
  }
}
