/** What happens by itself while somebody tries the desk: colleagues decide, reports come in, authors edit and delete. */
import type { AccountRecord, ReportRecord } from '../rules/model.ts'
import type { BackgroundEvent, BackgroundStep } from '../rules/model-more.ts'
import type { World } from '../rules/world.ts'
import { Dice } from './dice.ts'
import type { Story } from './story.ts'
import { told } from './threads.ts'

/** Milliseconds between two steps. */
export const pace = 75_000

/** How many steps are planned: some three hours. */
const length = 160

/** Steps that the story itself asks for, by their place in the plan. */
function scripted(story: Story): ReadonlyMap<number, BackgroundStep> {
  const id = (user: string): string => story.who(user).id
  const report = (about: string, by: string): string => {
    const found = story.world.reportsByTarget
      .get(id(about))
      ?.find(one => one.accountId === id(by) && one.actionTakenAt === null)
    if (found === undefined) throw new Error(`No open report by ${by} about ${about}`)
    return found.id
  }
  const softened = story.render(
    'Hier stand etwas. Wer mich kennt, weiß, dass ich immer höflich bin. @yara',
    null,
    'de',
  ).html
  return new Map<number, BackgroundStep>([
    [4, { do: 'edit-status', statusId: told(story, 'w-home').id, content: softened, spoilerText: '' }],
    [
      6,
      {
        do: 'report',
        by: id('frau_schulte'),
        targetAccountId: id('torben_k'),
        statusIds: [told(story, 'w-home').id],
        category: 'violation',
        ruleIds: ['2'],
        comment:
          'Jetzt hat er es umgeschrieben. Vorher stand da ihr Fenster. Ich habe es gelesen, und ich bin nicht die Einzige.',
        label: null,
      },
    ],
    [8, { do: 'approve', by: id('mateo'), accountId: id('tante_erna') }],
    [11, { do: 'delete-status', statusId: told(story, 'w-home-3').id }],
    [14, { do: 'assign', by: id('ada'), reportId: report('kirschbaum', 'frau_schulte') }],
    [17, { do: 'resolve', by: id('ada'), reportId: report('kirschbaum', 'frau_schulte') }],
    [20, { do: 'approve', by: id('mateo'), accountId: id('klara_vom_kornmarkt') }],
    [24, { do: 'resolve', by: id('kim'), reportId: report('pegel_weide', 'anna_alt@harbourlight.example') }],
  ])
}

/** Open reports of a campaign that nobody has, oldest first. */
function unclaimed(world: World, label: string): ReportRecord[] {
  return world.reports
    .all()
    .filter(one => one.label === label && one.actionTakenAt === null && one.assignedAccountId === null)
}

/**
 * What happens at tick 1, 2, 3 … of a world that was just made: pure, so the same world always has the same afternoon. Colleagues keep
 * to the casino campaign and the waves; the hard cases stay for whoever sits at the desk. Null: a quiet moment.
 */
function colleagueSteps(story: Story): (tick: number) => BackgroundStep | null {
  const { world, seed } = story
  const fixed = scripted(story)
  const casino = unclaimed(world, 'campaign:casino')
  const wave = (world.accountsByDomain.get('')?.all() ?? []).filter(one => one.label === 'wave:network')
  const members = (world.accountsByDomain.get('')?.all() ?? []).filter(
    one =>
      one.label === null &&
      one.user?.approved === true &&
      one.suspendedAt === null &&
      one.user.roleId === null &&
      !one.profile.bot &&
      !one.user.disabled,
  )
  const staff = ['jun', 'mateo', 'ada'].map(user => story.who(user).id)
  return tick => fixed.get(tick) ?? routine(tick, new Dice(seed, `tick ${tick}`), { casino, wave, members, staff })
}

interface Cast {
  readonly casino: readonly ReportRecord[]
  readonly wave: readonly AccountRecord[]
  readonly members: readonly AccountRecord[]
  readonly staff: readonly string[]
}

function routine(tick: number, dice: Dice, { casino, wave, members, staff }: Cast): BackgroundStep | null {
  const round = Math.floor(tick / 5)
  const one = casino[round]
  const by = staff[round % staff.length]
  if (one === undefined || by === undefined) return null
  switch (tick % 5) {
    case 0:
      return { do: 'assign', by, reportId: one.id }
    case 1:
      return {
        do: 'report',
        by: dice.pick(members).id,
        targetAccountId: dice.pick(casino).targetAccountId,
        statusIds: one.statusIds.slice(0, 0),
        category: 'spam',
        ruleIds: [],
        comment: dice.pick(['', 'casino again', 'Schon wieder Glücksrad', 'spam']),
        label: one.label,
      }
    case 2:
      return round % 3 === 0
        ? { do: 'action', by, accountId: one.targetAccountId, type: 'silence', reportId: one.id, text: '' }
        : { do: 'resolve', by, reportId: one.id }
    case 3: {
      const applicant = wave[round]
      return applicant === undefined || round % 2 === 1 ? null : { do: 'reject', by, accountId: applicant.id }
    }
    default:
      return null
  }
}

/** Plans the afternoon: one step every `every` milliseconds. */
export function planAfternoon(story: Story, every: number): BackgroundEvent[] {
  const stepAt = colleagueSteps(story)
  const events: BackgroundEvent[] = []
  for (let tick = 1; tick <= length; tick += 1) {
    const step = stepAt(tick)
    if (step !== null) events.push({ after: tick * every, step })
  }
  return events
}
