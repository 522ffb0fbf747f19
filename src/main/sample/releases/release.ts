/**
 * What differs between Mastodon 4.0 and 4.6, as one table (contract, section i and the notes [run: 4.3]). The server asks this
 * table, never the version itself; entities ask `has(since)` for a field.
 */

/** The differences of one release. */
export type Release = {
  /** As `/api/v2/instance` says it, e.g. `4.6.5`. */
  readonly version: string
  /** `api_versions.mastodon`, null before 4.3. */
  readonly apiVersion: number | null
  /** glitch-soc, the fork that adds a few fields and takes none away (contract K.20). */
  readonly glitch: boolean
  /** True for the release that brought something (`4.4`, `4.6.4`) and all later ones. */
  has(since: string): boolean
  readonly reports: {
    /** Up to 4.5 any presence of `resolved` meant resolved, and `unresolved` was ignored (E.2). */
    readonly resolvedByPresence: boolean
    /** 4.2+ */
    readonly legalCategory: boolean
  }
  readonly domainBlocks: {
    /** Largest page of domain blocks and allows: 500 from 4.3. */
    readonly pageMaximum: number
    /** Up to 4.2 any covering block refused a new one, also a looser one (E.4). */
    readonly anyCoveringBlockRefuses: boolean
    readonly digest: boolean
    /** 4.0 did not notice that a change lowered the severity: the flags stayed. */
    readonly loweringIsNoticed: boolean
  }
  readonly emailDomainBlocks: { readonly allowWithApproval: boolean }
  /** Unknown or blank severity: 422 from 4.4, before that 500 and null (E.4, E.6). */
  readonly severityIsValidated: boolean
  /** Unknown action type: 422 from 4.2, 500 before (E.1). */
  readonly actionTypeIsValidated: boolean
  readonly accounts: {
    /** A leading `@` in the username filter is stripped from 4.2. */
    readonly stripsAt: boolean
    /** 4.1+: `disabled` leaves out suspended accounts. */
    readonly disabledExcludesSuspended: boolean
    /** 4.0 sent the role as the raw record. */
    readonly rawRole: boolean
  }
  readonly metrics: {
    /** Missing dates: 400 from 4.6.4 and in 4.5.15, 500 before (E.9). */
    readonly missingDatesAreRefused: boolean
    /** `data[].date` of measures from SQL: a day from 4.3, a full time before. */
    readonly sqlDays: boolean
    readonly listsImageMagick: boolean
  }
  readonly missingParameter: string
  readonly tags: { readonly routes: boolean; readonly trendReview: boolean; readonly adminTrendTags: boolean }
  readonly scopes: {
    /** The five block families have scopes of their own from 4.1 (A.5). */
    readonly blockFamilies: boolean
    readonly profile: boolean
  }
  readonly oauth: {
    readonly metadata: boolean
    readonly pkce: boolean
    readonly redirectUriList: boolean
    readonly secretExpiry: boolean
    readonly userinfo: boolean
    readonly passwordGrant: boolean
  }
  readonly throttles: {
    /** 4.0: one limit of 300 a user; later 1500 a user and 300 a token (c). */
    readonly perToken: boolean
    readonly appRegistration: boolean
    /** Before 4.3 requests from 127.0.0.1 and ::1 were exempt. */
    readonly exemptLoopback: boolean
  }
  readonly notifications: { readonly moderation: boolean; readonly grouped: boolean; readonly fallback: boolean }
  /** `/api/v2/instance` answers without a token in limited federation from 4.4. */
  readonly openInstanceInLimitedFederation: boolean
  /** 4.2+: canonical test without e-mail is 400, before that it answered an empty list. */
  readonly canonicalTestNeedsEmail: boolean
  /** Highest permission bit that exists: 19, 20 from 4.5, 22 from 4.6. */
  readonly highestPermissionBit: number
}

/** The releases a sample server can play. */
export const knownReleases = [
  '4.0.0',
  '4.1.0',
  '4.2.0',
  '4.3.0',
  '4.3.23',
  '4.4.0',
  '4.5.0',
  '4.5.15',
  '4.6.0',
  '4.6.1',
  '4.6.5',
  '4.6.5+glitch',
] as const

/** Numbers of a version; a suffix of a fork (`+glitch`) is left out. */
function numbersOf(version: string): readonly [number, number, number] {
  const [major = 0, minor = 0, patch = 0] = version.split(/[+-]/)[0]?.split('.').map(Number) ?? []
  return [major, minor, patch]
}

/**
 * The differences of a version (`4.3.23`, `4.6`, `4.6.5+glitch`).
 * Throws RangeError for anything but 4.0 to 4.6.
 */
export function releaseOf(version: string): Release {
  const own = numbersOf(version)
  if (own.some(Number.isNaN) || own[0] !== 4 || own[1] > 6) throw new RangeError(`No such release here: ${version}`)
  // Entities ask for every field: each question is answered once.
  const answers = new Map<string, boolean>()
  const has = (since: string): boolean => {
    const known = answers.get(since)
    if (known !== undefined) return known
    const answer = compare(own, numbersOf(since)) >= 0
    answers.set(since, answer)
    return answer
  }
  const api: readonly (readonly [string, number])[] = [
    ['4.6.1', 11],
    ['4.6', 10],
    ['4.5', 7],
    ['4.4', 6],
    ['4.3', 2],
  ]
  return {
    version,
    apiVersion: api.find(([since]) => has(since))?.[1] ?? null,
    glitch: version.includes('+glitch'),
    has,
    reports: { resolvedByPresence: !has('4.6'), legalCategory: has('4.2') },
    domainBlocks: {
      pageMaximum: has('4.3') ? 500 : 200,
      anyCoveringBlockRefuses: !has('4.3'),
      digest: has('4.3'),
      loweringIsNoticed: has('4.1'),
    },
    emailDomainBlocks: { allowWithApproval: has('4.3') },
    severityIsValidated: has('4.4'),
    actionTypeIsValidated: has('4.2'),
    accounts: { stripsAt: has('4.2'), disabledExcludesSuspended: has('4.1'), rawRole: !has('4.1') },
    metrics: {
      missingDatesAreRefused: has('4.6.4') || (has('4.5.15') && !has('4.6')),
      sqlDays: has('4.3'),
      listsImageMagick: !has('4.6'),
    },
    missingParameter: has('4.4')
      ? 'param is missing or the value is empty or invalid'
      : 'param is missing or the value is empty',
    tags: { routes: has('4.2'), trendReview: has('4.2'), adminTrendTags: has('4.1') },
    scopes: { blockFamilies: has('4.1'), profile: has('4.3') },
    oauth: {
      metadata: has('4.3'),
      pkce: has('4.3'),
      redirectUriList: has('4.3'),
      secretExpiry: has('4.3'),
      userinfo: has('4.4'),
      passwordGrant: !has('4.4'),
    },
    throttles: { perToken: has('4.1'), appRegistration: has('4.3'), exemptLoopback: !has('4.3') },
    notifications: { moderation: has('4.3'), grouped: has('4.3'), fallback: has('4.6') },
    openInstanceInLimitedFederation: has('4.4'),
    canonicalTestNeedsEmail: has('4.2'),
    highestPermissionBit: has('4.6') ? 22 : has('4.5') ? 20 : 19,
  }
}

function compare(a: readonly [number, number, number], b: readonly [number, number, number]): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}
