import { parse } from 'tldts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'
import { hasPeerWithin, readInstance } from '../servers/instance-table.ts'
import { listServers } from '../servers/table.ts'
import { readSettings } from '../settings/table.ts'
import { findMeasure } from './measures.ts'
import { covers } from './name.ts'

/** The section of the public suffix list that a domain itself stands in; null for one below a suffix. */
const suffixOf = (domain: string): 'icann' | 'private' | null => {
  const { publicSuffix, isIcann, isPrivate } = parse(domain, { allowPrivateDomains: true })
  if (publicSuffix !== domain) return null
  return isPrivate ? 'private' : isIcann ? 'icann' : null
}

const isAllowedBelow = (db: ReadDb, server: ServerKey, domain: string): boolean =>
  db.get(
    `SELECT 1 FROM mirror.domain_allow WHERE server = @server AND (domain = @domain OR substr(domain, -@length) = @below) LIMIT 1`,
    { server, domain, below: `.${domain}`, length: domain.length + 1 },
  ) !== undefined

/**
 * What nobody may do to a domain by accident (DESIGN §6): a message code `refusal.*`, or null. A block covers all that lies below it;
 * the server itself would take one of its own domain (contract E.4).
 */
export const refusalFor = (db: ReadDb, server: ServerKey, domain: string): string | null => {
  for (const { key, domain: own, origin } of listServers(db)) {
    const names = [own, new URL(origin).hostname]
    if (key === server && names.some(name => covers(domain, name) || covers(name, domain))) return 'refusal.own-domain'
    if (names.some(name => covers(domain, name))) return 'refusal.signed-in-domain'
  }
  if (isAllowedBelow(db, server, domain)) return 'refusal.allowed-domain'
  return suffixOf(domain) === 'icann' ? 'refusal.public-suffix' : null
}

/** The brake before a domain whose relations were never counted. */
export const UNMEASURED = 'brake.unmeasured'

/**
 * True when the server's own list of whom it knows has nothing of a domain, so that there is nothing to lose. The list leaves out what
 * is blocked already (contract F.9), and a server need not show it.
 */
const isUnknown = (db: ReadDb, server: ServerKey, domain: string): boolean =>
  readInstance(db, server).peers === 'shown' &&
  !hasPeerWithin(db, server, domain) &&
  db.get(
    `SELECT 1 FROM mirror.domain_block WHERE server = @server AND (domain = @domain OR substr(domain, -@length) = @below) LIMIT 1`,
    { server, domain, below: `.${domain}`, length: domain.length + 1 },
  ) === undefined

/** Why losing the relations with a domain needs a second thought: a message code `brake.*`, or null. What was never counted does. */
export const relationsBrake = (db: ReadDb, server: ServerKey, domain: string): string | null => {
  const measure = findMeasure(db, server, domain)
  if (!measure || measure.follows === null || measure.followers === null)
    return isUnknown(db, server, domain) ? null : UNMEASURED
  return measure.follows + measure.followers > readSettings(db).mostFollows ? 'brake.relations' : null
}

/** Why a block goes out only alone and with the domain typed: a message code `brake.*`, or null. Only a suspension cuts relations. */
export const brakeFor = (db: ReadDb, server: ServerKey, domain: string, suspends: boolean): string | null => {
  if (suffixOf(domain) === 'private') return 'brake.hosting-suffix'
  return suspends ? relationsBrake(db, server, domain) : null
}
