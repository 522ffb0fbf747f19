import type { Cluster, SignupPattern, SignupRow } from '../../../../shared/contract/signups.ts'
import { domainText } from '../../../../shared/domain-name.ts'
import { say } from '../../../../shared/messages/say.ts'
import { time } from '../../ui/format.ts'
import type { IconName } from '../../ui/Icon.tsx'

type Shared = Pick<Cluster, 'pattern' | 'says'>

/** What people share, as plain text: `mail at throwaway.example`. */
export const sharedWords = ({ pattern, says }: Shared) => say(`signups.shares.${pattern}`, { what: domainText(says) })

/** The domain of an e-mail, which stays whole where the e-mail is masked; null where it is not told. */
export const mailDomainOf = (email: string | null): string | null =>
  email?.includes('@') ? email.slice(email.lastIndexOf('@') + 1) : null

/** What a cluster is called where it is told later, such as in the log. */
export const clusterLabel = (cluster: Pick<Cluster, 'pattern' | 'says' | 'firstAt'>) =>
  cluster.pattern === 'burst' ? say('signups.label.burst', { at: time(cluster.firstAt) }) : sharedWords(cluster)

export const patternIcon: Readonly<Record<SignupPattern, IconName>> = {
  mail: 'mail',
  range: 'range',
  reason: 'pen',
  name: 'log',
  burst: 'held',
  rejected: 'undo',
  none: 'other',
  all: 'signup',
}

/** What speaks for a person, the strongest first. */
export const forThem = ({ ownReason, invited, confirmed, shares }: SignupRow): string[] =>
  [
    ownReason && say('signups.for.reason'),
    invited && say('signups.for.invited'),
    confirmed === true && say('signups.for.confirmed'),
    shares.length === 0 && say('signups.for.alone'),
  ].filter(each => each !== false)

/** What speaks against a person. */
export const againstThem = ({ shares, confirmed, reason, byApplication }: SignupRow): string[] => [
  ...shares.map(each => say('signups.against.shares', { what: sharedWords(each), count: each.count })),
  ...(confirmed === false ? [say('signups.against.unconfirmed')] : []),
  ...(reason === '' ? [say('signups.against.no-reason')] : []),
  ...(byApplication ? [say('signups.against.application')] : []),
]
