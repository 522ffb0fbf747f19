/** Background jobs: the server answers first, their effect comes later. */
import type { Clock } from '../clock.ts'

/** A job that was queued. */
export type Job = { readonly queuedAt: number; readonly name: string; readonly subject: string; done: boolean }

/** What the server does later, in the background. */
export class Jobs {
  readonly all: Job[] = []
  private readonly clock: Clock
  /** Milliseconds from queueing to effect; infinite: jobs are queued and never run. */
  readonly delay: number

  constructor(clock: Clock, delay: number) {
    this.clock = clock
    this.delay = delay
  }

  /** Queues a job; its effect comes after the delay, or after `within` milliseconds when that is sooner. */
  later(name: string, subject: string, effect: () => void, within = Number.POSITIVE_INFINITY): Job {
    const job: Job = { queuedAt: this.clock.now(), name, subject, done: false }
    this.all.push(job)
    const wait = this.delay === Number.POSITIVE_INFINITY ? this.delay : Math.min(this.delay, within)
    this.clock.after(wait, () => {
      effect()
      job.done = true
    })
    return job
  }
}
