/** Accounts and roles of a recorded state. */
import { requestedDeletion } from './deletion.ts'
import type { AccountRecord, Profile, UserRecord } from './model.ts'
import type { Reader } from './reader.ts'
import { newAccount, newUser } from './records.ts'
import type { World } from './world.ts'

/** Roles with their rank; colour and highlight stand in the accounts only. */
export function readRoles(world: World, state: Reader): void {
  const shown = new Map(
    state
      .list('accounts')
      .flatMap(account =>
        account.has('role') ? [[account.inner('role').text('id'), account.inner('role')] as const] : [],
      ),
  )
  for (const role of state.list('roles')) {
    const id = role.text('id')
    world.addRole({
      id,
      name: role.text('name'),
      position: role.number('position'),
      permissions: role.number('permissions'),
      color: shown.get(id)?.text('color') ?? '',
      highlighted: shown.get(id)?.flag('highlighted') ?? false,
    })
  }
}

/** The path of a picture on the recorded server; null for the default one. */
function picture(url: string): string | null {
  return url.endsWith('/missing.png') ? null : url
}

function readProfile(account: Reader): Profile {
  return {
    displayName: account.text('display_name'),
    note: account.text('note'),
    avatar: picture(account.text('avatar')),
    header: picture(account.text('header')),
    locked: account.flag('locked'),
    bot: account.flag('bot'),
    group: account.flag('group'),
    discoverable: account.has('suspended') ? null : account.flagOrNull('discoverable'),
    indexable: account.flag('indexable'),
    hideCollections: account.flagOrNull('hide_collections'),
    fields: account.list('fields').map(field => ({
      name: field.text('name'),
      value: field.text('value'),
      verifiedAt: field.timeOrNull('verified_at'),
    })),
    emojis: account.list('emojis').map(emoji => emoji.text('shortcode')),
  }
}

function readUser(world: World, admin: Reader): UserRecord {
  const role = admin.inner('role').text('id')
  const ips = admin.list('ips').map(ip => ({ ip: ip.text('ip'), usedAt: ip.time('used_at') }))
  return newUser({
    id: world.userIds.next(),
    email: admin.text('email'),
    locale: admin.textOrNull('locale'),
    confirmed: admin.flag('confirmed'),
    approved: admin.flag('approved'),
    disabled: admin.flag('disabled'),
    roleId: role === '-99' ? null : role,
    inviteRequest: admin.textOrNull('invite_request'),
    ips,
    createdByApplicationId: admin.textOrNull('created_by_application_id'),
    noindex: admin.inner('account').flag('noindex'),
    lastSignInAt: ips[0]?.usedAt ?? null,
  })
}

/** An account from its Admin::Account. When it was limited is not told, so its creation stands for it. */
export function readAccount(world: World, admin: Reader): AccountRecord {
  const account = admin.inner('account')
  const createdAt = admin.time('created_at')
  const suspended = admin.flag('suspended')
  const record = newAccount({
    id: admin.text('id'),
    username: admin.text('username'),
    domain: admin.textOrNull('domain'),
    createdAt,
    profile: readProfile(account),
    user: admin.has('email') ? readUser(world, admin) : null,
    suspendedAt: suspended ? createdAt : null,
    // The origin is not told either: remote accounts count as suspended where they live.
    suspensionOrigin: suspended ? (admin.has('domain') ? 'remote' : 'local') : null,
    silencedAt: admin.flag('silenced') ? createdAt : null,
    sensitizedAt: admin.flag('sensitized') ? createdAt : null,
    memorial: account.flag('memorial'),
    movedTo: account.innerOrNull('moved')?.text('id') ?? null,
    followersCount: account.number('followers_count'),
    followingCount: account.number('following_count'),
    statusesCount: account.number('statuses_count'),
    lastStatusAt: account.timeOrNull('last_status_at'),
  })
  if (record.suspensionOrigin === 'local') world.deletions.set(record.id, requestedDeletion(record.id, createdAt))
  return record
}
