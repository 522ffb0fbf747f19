import type { LogEntry } from '../contract/log.ts'
import { sayCode } from './say.ts'

const said = (value: unknown): string | number =>
  typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value)

const present = (values: Readonly<Record<string, unknown>>) =>
  Object.entries(values).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[name, said(value)] as const],
  )

/** Settings that have another title where they are changed than by their name. */
const titles: Readonly<Record<string, string>> = {
  paused: 'log.setting.paused',
  mediaHost: 'log.setting.media-host',
  lock: 'lock.name',
  graceSeconds: 'settings.grace',
  restAfter: 'settings.rest',
  quietFrom: 'settings.quiet',
  quietTo: 'settings.quiet',
}

/** A setting as the screen calls it; one of a later release has no title yet. */
const settingTitle = (name: string): string => {
  const code = titles[name] ?? `settings.${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
  const said = sayCode(code)
  return said === code ? name : said
}

/** An entry of the log as one sentence: facts first, the personal values that still stand where the sentence has a place for them. */
export const sayEntry = ({ action, facts, personal }: Pick<LogEntry, 'action' | 'facts' | 'personal'>): string => {
  // A domain is no person, and names the target where there is no account.
  const domain = facts.account === null && typeof facts.domain === 'string' ? { target: facts.domain } : {}
  const values = { ...domain, ...Object.fromEntries([...present(personal), ...present(facts)]) }
  const kind = typeof facts.kind === 'string' ? { kind: sayCode(`log.kind.${facts.kind}`) } : {}
  // A member has a role without a name.
  const role = action === 'server.role-changed' && facts.after === '' ? { after: sayCode('role.none') } : {}
  const setting = typeof facts.setting === 'string' ? { setting: settingTitle(facts.setting) } : {}
  return sayCode(`log.action.${action}`, { ...values, ...kind, ...role, ...setting })
}
