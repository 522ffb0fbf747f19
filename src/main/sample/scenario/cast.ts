/** The people of the story step in: staff with their roles, members, people from elsewhere, and what staff did to some of them. */
import { canonicalEmailHash } from '../rules/email.ts'
import type { AccountRecord, StrikeRecord } from '../rules/model.ts'
import type { World } from '../rules/world.ts'
import { roleIds } from './ground.ts'
import { span } from './moments.ts'
import type { Person } from './script.ts'
import type { Story } from './story.ts'
import { hostilePeople } from './texts/hostile.ts'
import { people } from './texts/people.ts'
import { house } from './texts/rules.ts'

/** Names that open the sample server's doors (they are bearer tokens), and who stands behind them. */
const callers = { owner: 'noor', admin: 'kim', moderator: 'ada', moderator2: 'mateo', member: 'ravi' } as const

function introduce(story: Story, person: Person): void {
  const remote = person.at.includes('@')
  story.join({
    handle: person.at,
    shown: person.name,
    note: person.note,
    lang: person.lang,
    createdAt: story.now - person.days * 86_400_000 - story.dice(`hour ${person.at}`).whole(15_000, 40_000) * 1000,
    ...(remote || person.role === undefined ? {} : { user: { roleId: roleIds[person.role] } }),
    ...(person.counts === undefined ? {} : { counts: person.counts }),
    ...(person.fields === undefined ? {} : { fields: person.fields }),
    ...(person.kind === undefined ? {} : { kind: person.kind }),
    locked: person.locked ?? false,
  })
}

/** Everybody with a name. */
export function introducePeople(story: Story): void {
  const everybody = [...people, ...hostilePeople].sort((a, b) => b.days - a.days)
  for (const person of everybody) introduce(story, person)
  for (const person of people) {
    if (person.movedTo !== undefined) story.who(person.at).movedTo = story.who(person.movedTo).id
  }
  story.world.instance.contactAccountId = story.who(house.contact).id
  for (const [name, user] of Object.entries(callers)) {
    story.world.addCaller({
      name,
      accountId: story.who(user).id,
      scopes: ['read', 'write', 'admin:read', 'admin:write'],
    })
  }
}

/** What staff decided earlier: whom, what, by whom, how long ago, and in which words. */
const decided: readonly (readonly [
  user: string,
  action: StrikeRecord['action'],
  by: string,
  ago: string,
  text: string,
])[] = [
  ['rolf_ruft', 'none', 'ada', '89d', 'Der Busfahrer hat einen Namen. Bitte benutzen Sie ihn.'],
  ['rolf_ruft', 'disable', 'noor', '87d', 'Zweite Warnung, gleiche Sache. Das Konto ruht.'],
  ['edge_lord_paul@night.kante.example', 'suspend', 'noor', '41d', ''],
  [
    'ink_and_iron',
    'sensitive',
    'ada',
    '48d',
    'Lovely work. Fresh needles need a warning here (rule 5), so we put one over all pictures.',
  ],
  ['sven_baut', 'silence', 'mateo', '32d', 'Regel 4: Werbung nur für Leute, die gefragt haben.'],
  ['pillen_paule', 'suspend', 'kim', '19d', 'Verkauf von Arzneimitteln.'],
  ['torben_k', 'none', 'mateo', '8d12h', 'Lassen Sie Yara Köhler in Ruhe. Das ist eine Verwarnung.'],
  ['torben_k', 'none', 'ada', '5d22h', 'Zweite Verwarnung. Wer andere auf jemanden hetzt, verliert hier sein Konto.'],
]

/** Puts the earlier decisions into force. */
export function applyDecisions(story: Story): void {
  const { world } = story
  const oldestFirst = [...decided].sort((a, b) => span(b[3]) - span(a[3]))
  for (const [user, action, by, ago, text] of oldestFirst) {
    const target = story.who(user)
    const createdAt = story.at(ago)
    enforce(story, target, action, createdAt)
    world.strikes.add({
      id: world.strikes.serials.next(),
      accountId: story.who(by).id,
      targetAccountId: target.id,
      action,
      text,
      reportId: null,
      statusIds: [],
      createdAt,
    })
  }
  applyBlocks(world)
}

/** What the domain blocks mean for the accounts that are known. */
function applyBlocks(world: World): void {
  for (const block of world.domainBlocks.all()) {
    for (const account of world.accountsByDomain.get(block.domain)?.all() ?? []) {
      const at = Math.max(block.createdAt, account.createdAt)
      if (block.severity === 'silence') account.silencedAt ??= at
      if (block.severity !== 'suspend') continue
      account.suspendedAt ??= at
      account.suspensionOrigin ??= 'local'
    }
  }
}

function enforce(story: Story, target: AccountRecord, action: StrikeRecord['action'], at: number): void {
  if (action === 'silence') target.silencedAt = at
  if (action === 'sensitive') target.sensitizedAt = at
  if (action === 'disable' && target.user !== null) target.user.disabled = true
  if (action === 'suspend') {
    target.suspendedAt = at
    target.suspensionOrigin = 'local'
    story.world.deletions.set(target.id, { accountId: target.id, createdAt: at })
    if (target.user === null) return
    const { canonicalEmailBlocks } = story.world
    const hash = canonicalEmailHash(target.user.email)
    canonicalEmailBlocks.add({ id: canonicalEmailBlocks.serials.next(), hash, referenceAccountId: target.id })
  }
}
