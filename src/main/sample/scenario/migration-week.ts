/**
 * "Migration week": the world of the sample server. A large platform was sold, a town moves in, and five volunteers moderate: a man
 * who will not leave a workshop owner alone, a lawyer's deadline, three spam campaigns, a brigade against a historian, two waves of
 * sign-ups, a hedge. The texts lie in `texts/`; this file puts them in order.
 */
import type { World } from '../rules/world.ts'
import { receiveApplications } from './applications.ts'
import { applyDecisions, introducePeople } from './cast.ts'
import { pace, planAfternoon } from './colleagues.ts'
import { fillCrowd, memberCount, weaveFollows } from './crowd.ts'
import { fileComplaints, numberReports } from './filing.ts'
import { emptyTown, layGround } from './ground.ts'
import { storyMoment } from './moments.ts'
import { notifyStaff, stirTrends } from './noise.ts'
import { pileOn } from './pile-on.ts'
import { addCrowd, addHistory } from './scale.ts'
import { runCampaigns } from './spam.ts'
import { Story } from './story.ts'
import { brigade } from './texts/brigade.ts'
import { campaigns } from './texts/campaigns.ts'
import { tellThreads } from './threads.ts'

/** What the world depends on. The same options make the same world, record for record. */
export interface MigrationWeekOptions {
  /** Seed of everything that chance decides. Default 1. */
  readonly seed?: number
  /** The moment the story calls now, in milliseconds since 1970; all times move with it. Default: when the story was written. */
  readonly now?: number
  /** Reports in all; never fewer than the story's 320. The others are older, three in four of them closed. */
  readonly reports?: number
  /** Accounts in all, local and remote; never fewer than the story has. */
  readonly accounts?: number
  /** Milliseconds between two steps of the colleagues. Default 75 s. */
  readonly pace?: number
}

/** How many members the campaigns and the brigade bring along. */
function troublemakers(): number {
  const spammers = campaigns.flatMap(one =>
    Array.from({ length: one.accounts }, (_, i) => one.hosts[i % one.hosts.length]),
  )
  const brigadiers = brigade.hosts.flatMap(([host, count]) => Array.from({ length: count }, () => host))
  return [...spammers, ...brigadiers].filter(host => host === '').length
}

/** Makes the world. */
export function migrationWeek(options: MigrationWeekOptions = {}): World {
  const world = emptyTown()
  const story = new Story(world, options.seed ?? 1, options.now ?? storyMoment)
  layGround(story)
  introducePeople(story)
  fillCrowd(story, memberCount - troublemakers())
  tellThreads(story)
  runCampaigns(story)
  pileOn(story)
  receiveApplications(story)
  fileComplaints(story)
  applyDecisions(story)
  weaveFollows(story)
  stirTrends(story)
  if (options.accounts !== undefined) addCrowd(story, options.accounts)
  if (options.reports !== undefined) addHistory(story, options.reports)
  numberReports(story)
  notifyStaff(story)
  world.background = planAfternoon(story, options.pace ?? pace)
  return world
}
