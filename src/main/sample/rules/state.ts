/** Loads a recorded state: what a real server held, in the entities of its API. The callers' names become their tokens. */

import { words } from './oauth.ts'
import { Reader } from './reader.ts'
import { newInstance } from './records.ts'
import { readAccount, readRoles } from './state-accounts.ts'
import { readBlocks, readTrends } from './state-blocks.ts'
import { readReport, readStatus } from './state-reports.ts'
import { World } from './world.ts'

/** The world of a recorded state. Throws TypeError, with the place, for a document of another shape. */
export function worldOfState(document: unknown): World {
  const state = new Reader(document)
  const told = state.inner('instance')
  const world = new World(newInstance(told.text('domain'), told.text('title')))
  // What the state does not tell is as on a new server: nobody is shown the blocks.
  world.instance.showDomainBlocks = 'disabled'
  const { registrations } = world.instance
  world.instance.description = told.text('description')
  world.instance.languages = told.texts('languages')
  world.instance.email = told.inner('contact').text('email')
  registrations.enabled = told.inner('registrations').flag('enabled')
  registrations.approvalRequired = told.inner('registrations').flag('approval_required')

  readRoles(world, state)
  for (const account of state.list('accounts').reverse()) world.addAccount(readAccount(world, account))
  if (state.has('instance_actor')) world.instanceActor = readAccount(world, state.inner('instance_actor'))
  for (const rule of state.list('rules')) {
    world.rules.add({
      id: rule.text('id'),
      text: rule.text('text'),
      hint: rule.textOrNull('hint') ?? '',
      translations: {},
      deletedAt: null,
    })
  }
  const reports = [...state.list('reports_open'), ...state.list('reports_resolved')]
  for (const list of [...reports.map(report => report.list('statuses')), ...listsOf(state.inner('statuses'))]) {
    for (const status of list) readStatus(world, status)
  }
  markDeleted(world, new Set(listsOf(state.inner('statuses')).flatMap(list => list.map(status => status.text('id')))))
  for (const report of reports) readReport(world, report)
  readBlocks(world, state)
  readTrends(world, state)
  readCallers(world, state.inner('callers'))
  return world
}

/** A public post that its author no longer shows, though a report still does, was deleted. */
function markDeleted(world: World, shown: ReadonlySet<string>): void {
  const boosted = new Set(world.statuses.all().map(status => status.reblogOfId))
  for (const status of world.statuses.all()) {
    const isPublic = status.visibility === 'public' || status.visibility === 'unlisted'
    const suspended = world.account(status.accountId)?.suspendedAt !== null
    if (isPublic && !suspended && !shown.has(status.id) && !boosted.has(status.id)) status.deletedAt = status.createdAt
  }
}

function listsOf(map: Reader): Reader[][] {
  return map.keys().map(key => map.list(key))
}

/** The application that the recorded callers used, and the callers. */
function readCallers(world: World, callers: Reader): void {
  const byName = new Map(
    world.accountsByDomain
      .get('')
      ?.all()
      .map(account => [account.username, account.id]),
  )
  world.apps.add({
    id: '2',
    name: 'probe',
    website: null,
    redirectUris: ['urn:ietf:wg:oauth:2.0:oob', 'http://127.0.0.1/callback'],
    scopes: ['read', 'write', 'admin:read', 'admin:write'],
    clientId: 'probe',
    clientSecret: 'probe',
  })
  for (const name of callers.keys()) {
    const caller = callers.inner(name)
    const username = caller.textOrNull('account')
    const accountId = username === null ? null : (byName.get(username) ?? null)
    world.addCaller({ name, accountId, scopes: words(caller.text('scopes')) })
  }
}
