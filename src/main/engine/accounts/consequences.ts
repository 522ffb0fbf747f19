import type { Consequence, DecisionKind, Rung } from '../../../shared/contract/decisions.ts'

/** What the consequences of a decision on an account are counted from. */
export type Facts = {
  kind: DecisionKind
  local: boolean
  followers: number
  following: number
  posts: number
  /** Open reports about the account, and the servers that they came from; members count as one. */
  open: number
  sources: number
  refusal: string | null
  brake: string | null
  /** The handle, as it is typed where there is a brake. */
  name: string
  /** Whether it answers a report, which a warning then closes. */
  hasReport: boolean
}

const says = (code: string, values: Consequence['values'] = {}, gone = false): Consequence => ({ code, values, gone })

/** Kinds that take away; their inverse only lifts, closes nothing and mails nobody. */
const acting: readonly DecisionKind[] = [
  'account.warn',
  'account.sensitive',
  'account.limit',
  'account.freeze',
  'account.suspend',
]

/** What a lift later does not undo: the strike, and that reports were closed (contract E.1). */
const staying = (open: number) => says('effect.take-back.strike', { open })

/** The effects of what keeps the account where it is, in the order of the sheet. A warning closes its own report alone (contract E.1). */
const mildEffects = (facts: Facts, does: Consequence): Rung['effects'] => {
  const { kind, local, open, sources, hasReport } = facts
  const where = local ? 'local' : 'remote'
  const tells: Rung['effects'][number] = {
    part: 'tells',
    says: [says(local ? 'effect.tells.member' : 'effect.tells.nobody')],
  }
  const window = says('effect.take-back.window')
  if (kind === 'account.warn')
    return [
      { part: 'at-once', says: [says('effect.warn.strike')] },
      {
        part: 'closes',
        says: [
          hasReport
            ? says('effect.warn.closes', { others: Math.max(0, open - 1) })
            : says('effect.warn.none', { open }),
        ],
      },
      tells,
      { part: 'take-back', says: [window, says(`effect.warn.${where}.never`, {}, true)] },
    ]
  return [
    { part: 'at-once', says: [does] },
    { part: 'for-good', says: [says('effect.mild.keeps')] },
    { part: 'closes', says: [says('effect.closes', { open, sources })] },
    tells,
    { part: 'take-back', says: [window, says(`effect.mild.${where}.lift`), staying(open)] },
  ]
}

/** The effects in the order of the sheet. A suspended account keeps nothing back but what its server kept (contract E.1). */
const suspendEffects = ({ local, followers, following, posts, open, sources }: Facts): Rung['effects'] => {
  const cut = followers + following
  return local
    ? [
        { part: 'at-once', says: [says('effect.suspend.local.hidden', { posts })] },
        { part: 'for-good', says: [says('effect.suspend.local.follows', { cut }, cut > 0)] },
        { part: 'later', says: [says('effect.suspend.local.deleted')] },
        { part: 'closes', says: [says('effect.closes', { open, sources })] },
        { part: 'blocks', says: [says('effect.suspend.local.email')] },
        { part: 'tells', says: [says('effect.tells.member')] },
        {
          part: 'take-back',
          says: [says('effect.take-back.window'), says('effect.suspend.local.lift', { cut }), staying(open)],
        },
      ]
    : [
        { part: 'at-once', says: [says('effect.suspend.remote.gone', { posts })] },
        { part: 'for-good', says: [says('effect.suspend.remote.follows', { followers, following }, cut > 0)] },
        { part: 'later', says: [says('effect.suspend.remote.deleted')] },
        { part: 'closes', says: [says('effect.closes', { open, sources })] },
        { part: 'tells', says: [says('effect.tells.nobody')] },
        {
          part: 'take-back',
          says: [says('effect.take-back.window'), says('effect.suspend.remote.lift'), staying(open)],
        },
      ]
}

/** The rung of one kind on one account, with its consequences in numbers that the server gave. */
export const accountRung = (facts: Facts): Rung => {
  const { kind, local, open, followers, following, posts, refusal, brake, name, hasReport } = facts
  const where = local ? 'local' : 'remote'
  const acts = acting.includes(kind)
  const does = says(`consequence.${kind}.${where}.does`, {
    open,
    others: Math.max(0, open - Number(hasReport)),
    answers: Number(hasReport),
    followers,
    posts,
    cut: followers + following,
  })
  return {
    kind,
    refusal,
    does,
    brake,
    name,
    closes: !acts ? 0 : kind === 'account.warn' ? Number(hasReport) : open,
    mail: !acts || !local ? 'never' : 'yes',
    back: says(`consequence.${kind}.${where}.back`),
    sheet: kind === 'account.suspend' || brake !== null,
    effects: !acts ? [] : kind === 'account.suspend' ? suspendEffects(facts) : mildEffects(facts, does),
  }
}
