import type { Table } from '../../src/main/sample/rules/table.ts'
import type { World } from '../../src/main/sample/rules/world.ts'

const rows = <T extends { readonly id: string }>(table: Table<T>): readonly T[] => table.all()

/** All that a world holds, as plain data, so that two can be compared and every text in it can be read. */
export function plain(world: World): Record<string, unknown> {
  return {
    instance: world.instance,
    instanceActor: world.instanceActor,
    accounts: rows(world.accounts),
    statuses: rows(world.statuses),
    reports: rows(world.reports),
    roles: [...world.roles.values()],
    rules: rows(world.rules),
    strikes: rows(world.strikes),
    domainBlocks: rows(world.domainBlocks),
    emailDomainBlocks: rows(world.emailDomainBlocks),
    ipBlocks: rows(world.ipBlocks),
    tags: rows(world.tags),
    trendLinks: rows(world.trendLinks),
    publishers: rows(world.publishers),
    trends: world.trends,
    emojis: [...world.emojis.values()],
    notifications: rows(world.notifications),
    deletions: [...world.deletions.values()],
    warningPresets: [...world.warningPresets],
    following: [...world.following].map(([from, to]) => [from, [...to]]),
    callers: [...world.callers.values()],
    files: [...world.files].map(([path, file]) => [path, file.contentType]),
    background: world.background,
  }
}

/** Every text in a value, however deep; blurhashes are no text. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (Array.isArray(value)) for (const one of value) yield* textsIn(one)
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) if (key !== 'blurhash') yield* textsIn(one)
}
