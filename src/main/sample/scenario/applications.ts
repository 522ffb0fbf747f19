/** Sixty people and non-people who wait to be let in: fifteen honest, forty-five in two waves. */
import type { UserRecord } from '../rules/model.ts'
import type { Lang } from './script.ts'
import type { Story } from './story.ts'
import { applicants, mailWave, netWave } from './texts/signups.ts'

const hour = 3_600_000

interface Application {
  readonly user: string
  readonly shown: string
  readonly mail: string
  readonly ip: string
  readonly why: string
  readonly lang: Lang
  readonly at: number
  readonly confirmed: boolean
  readonly label: string | null
}

function apply(story: Story, one: Application): void {
  const user: Partial<UserRecord> = {
    email: one.mail,
    approved: false,
    confirmed: one.confirmed,
    inviteRequest: one.why,
    ips: [{ ip: one.ip, usedAt: one.at }],
    lastSignInAt: null,
  }
  story.join({
    handle: one.user,
    shown: one.shown,
    note: '',
    lang: one.lang,
    createdAt: one.at,
    user,
    label: one.label,
    faceless: true,
  })
}

/** Receives all sixty, and gives two members of old the marks of the waves, so that not everything that looks alike is alike. */
export function receiveApplications(story: Story): void {
  const dice = story.dice('applications')
  const within = ([from, to]: readonly [number, number]): number =>
    story.now - Math.floor((to + dice.next() * (from - to)) * hour)
  const waiting: Application[] = []
  for (const [i, one] of applicants.entries()) {
    // One honest musician sits in the same house as the second wave.
    const ip = one.user === 'bela_bass' ? `${netWave.net}.77` : `192.0.2.${20 + i * 7}`
    const at = within([44, 1])
    waiting.push({
      user: one.user,
      shown: '',
      mail: one.mail,
      ip,
      why: one.why,
      lang: one.lang,
      at,
      confirmed: one.confirmed ?? true,
      label: null,
    })
  }
  for (let i = 0; i < mailWave.size; i += 1) {
    const name = mailWave.names[i] ?? 'anna'
    const digits = dice.whole(1000, 9999)
    const ip = `${dice.pick(['198.51.100', '192.0.2', '203.0.113'])}.${dice.whole(2, 250)}`
    const shown = dice.chance(0.5) ? `${name.slice(0, 1).toUpperCase()}${name.slice(1)}` : ''
    const why = dice.pick(mailWave.reasons)
    const mail = `${name}${dice.whole(100, 99999)}@${mailWave.mail}`
    waiting.push({
      user: `${name}${digits}`,
      shown,
      mail,
      ip,
      why,
      lang: 'en',
      at: within(mailWave.hoursAgo),
      confirmed: dice.chance(0.6),
      label: mailWave.label,
    })
  }
  const [first, second] = netWave.names
  const pairs = dice.shuffle(first.flatMap(a => second.map(b => [a, b] as const)))
  for (const [a, b] of pairs.slice(0, netWave.size)) {
    const ip = `${netWave.net}.${dice.whole(10, 199)}`
    const mail = `${a}.${b}${dice.whole(1, 99)}@${dice.pick(netWave.mails)}`
    waiting.push({
      user: `${a}_${b}`,
      shown: `${a} ${b}`,
      mail,
      ip,
      why: netWave.reason,
      lang: 'en',
      at: within(netWave.hoursAgo),
      confirmed: dice.chance(0.8),
      label: netWave.label,
    })
  }
  for (const one of waiting.sort((x, y) => x.at - y.at)) apply(story, one)
  const [nele, pilar] = [story.who('nele_n').user, story.who('pilar').user]
  if (nele !== null) nele.email = `nele.n@${mailWave.mail}`
  if (pilar !== null) pilar.ips = [...pilar.ips, { ip: `${netWave.net}.31`, usedAt: story.at('9d') }]
}
