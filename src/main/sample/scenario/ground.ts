/** The ground the story stands on: the instance, its roles, rules, blocks, emojis and presets. */
import { newAccount, plainProfile } from '../rules/records.ts'
import { permissionsOf } from '../rules/roles.ts'
import { baseRoleId, instanceActorId, World } from '../rules/world.ts'
import { badge } from './drawn/pictures.ts'
import { span, withDates } from './moments.ts'
import type { Story } from './story.ts'
import { house, rules } from './texts/rules.ts'
import { blocks } from './texts/servers.ts'

/** An empty Lindenhof. */
export function emptyTown(): World {
  return new World({
    domain: house.domain,
    title: house.title,
    description: house.description,
    shortDescription: house.description,
    email: `hallo@${house.domain}`,
    languages: ['de', 'en'],
    contactAccountId: null,
    registrations: {
      enabled: true,
      approvalRequired: true,
      reasonRequired: true,
      message: '<p>We read every application. It may take a day this week.</p>',
      minAge: 13,
    },
    limitedFederation: false,
    showDomainBlocks: 'all',
    showDomainBlocksRationale: 'all',
    peersEnabled: true,
    activityEnabled: true,
  })
}

/** Ids of the roles by name. */
export const roleIds = { Moderator: '1', Admin: '2', Owner: '3' } as const

function addRoles(world: World): void {
  const moderator = permissionsOf(
    'view_dashboard',
    'view_audit_log',
    'view_feeds',
    'manage_users',
    'manage_reports',
    'manage_taxonomies',
  )
  const owner = permissionsOf('administrator')
  const everything = 2 ** 23 - 1
  const admin =
    everything &
    ~permissionsOf(
      'administrator',
      'view_devops',
      'invite_users',
      'invite_bypass_approval',
      'manage_email_subscriptions',
    )
  world.addRole({
    id: baseRoleId,
    name: '',
    color: '',
    permissions: permissionsOf('invite_users'),
    position: -1,
    highlighted: false,
  })
  world.addRole({
    id: roleIds.Moderator,
    name: 'Moderator',
    color: '',
    permissions: moderator,
    position: 10,
    highlighted: true,
  })
  world.addRole({ id: roleIds.Admin, name: 'Admin', color: '', permissions: admin, position: 100, highlighted: true })
  world.addRole({
    id: roleIds.Owner,
    name: 'Owner',
    color: '#2f6f4f',
    permissions: owner,
    position: 1000,
    highlighted: true,
  })
}

/** The actor that speaks for the server itself. */
function addInstanceActor(world: World, now: number): void {
  world.instanceActor = newAccount({
    id: instanceActorId,
    username: 'mastodon.internal',
    domain: null,
    createdAt: now - span('1640d'),
    profile: { ...plainProfile, locked: true, bot: true },
  })
}

const quiet = Array.from({ length: 7 }, () => ({ accounts: 0, uses: 0 }))

function addBlocks({ world, now }: Story): void {
  const oldestFirst = [...blocks].sort((a, b) => span(b.ago) - span(a.ago))
  for (const block of oldestFirst) {
    world.domainBlocks.add({
      id: world.domainBlocks.serials.next(),
      domain: block.domain,
      createdAt: now - span(block.ago),
      severity: block.severity,
      rejectMedia: block.rejectMedia ?? false,
      rejectReports: block.rejectReports ?? false,
      obfuscate: block.obfuscate ?? false,
      privateComment: block.private === null ? null : withDates(block.private, now, 'en'),
      publicComment: block.public,
    })
  }
  for (const [domain, ago, soft] of [
    ['mailsack.example', '200d', false],
    ['ten-minute-box.example', '90d', false],
    ['freebie-mail.example', '30d', true],
  ] as const) {
    const id = world.emailDomainBlocks.serials.next()
    const history = soft ? [{ accounts: 2, uses: 3 }, { accounts: 5, uses: 9 }, ...quiet.slice(2)] : quiet
    world.emailDomainBlocks.add({
      id,
      domain,
      createdAt: now - span(ago),
      allowWithApproval: soft,
      parentId: null,
      history,
    })
  }
  for (const [ip, severity, comment, ago, until] of [
    ['203.0.113.200/32', 'no_access', 'Tried 4,000 passwords in an hour', '60d', null],
    ['2001:db8:bad::/48', 'sign_up_block', 'Sign-up wave of last month, see the wiki', '28d', '30d'],
    ['198.51.100.240/28', 'sign_up_requires_approval', '', '12d', '2d'],
  ] as const) {
    const id = world.ipBlocks.serials.next()
    world.ipBlocks.add({
      id,
      ip,
      severity,
      comment,
      createdAt: now - span(ago),
      expiresAt: until === null ? null : now + span(until),
    })
  }
}

function addEmojis(story: Story): void {
  const own = [
    ['yarn', 'Handwerk'],
    ['coffee', 'Essen'],
    ['hen', 'Tiere'],
    ['weide', 'Lindenhof'],
    ['pegel', 'Lindenhof'],
  ] as const
  for (const [shortcode, category] of own) addEmoji(story, shortcode, null, category)
  for (const shortcode of ['blobdance', 'verified']) addEmoji(story, shortcode, 'pixelmoor.example', null)
}

function addEmoji(story: Story, shortcode: string, domain: string | null, category: string | null): void {
  const number = story.number(`emoji ${shortcode}`)
  const url = `/system/${domain === null ? '' : 'cache/'}custom_emojis/images/${number}.png`
  story.world.files.set(url, { contentType: 'image/png', make: () => badge(number, 32) })
  story.world.addEmoji({ shortcode, domain, url, category })
}

/** Roles, rules, blocks, emojis, presets and the instance actor. */
export function layGround(story: Story): void {
  const { world, now } = story
  addRoles(world)
  addInstanceActor(world, now)
  for (const rule of rules) world.rules.add({ id: world.rules.serials.next(), ...rule, deletedAt: null })
  addBlocks(story)
  addEmojis(story)
  world.warningPresets.set(
    '1',
    'Please read rule 1 again, slowly, perhaps with tea. The next time we will limit your account.',
  )
  world.warningPresets.set(
    '2',
    'Bitte veröffentliche nichts über andere, was sie nicht selbst öffentlich gemacht haben (Regel 2).',
  )
}
