import type { AccountFlags } from '../../../shared/contract/accounts.ts'
import type { DecisionKind } from '../../../shared/contract/decisions.ts'
import type { AccountAction, AccountUndo } from '../mastodon/endpoints/accounts.ts'

/** What can be in force on an account. */
export type Flag = keyof AccountFlags
/** All of it, in the order in which it is told. */
export const flagNames: readonly Flag[] = ['suspended', 'limited', 'sensitive', 'frozen']

/** What differs between the kinds that act on an account. `flag`: what it sets or lifts; a warning sets none. */
export type AccountKind = { kind: DecisionKind; inverse: DecisionKind | null; flag: Flag | null } & (
  | { sets: true; type: AccountAction['type'] }
  | { sets: false; undo: AccountUndo }
)

/** The kinds that act on an account (contract E.1). */
export const accountKindTable: readonly AccountKind[] = [
  { kind: 'account.warn', inverse: null, flag: null, sets: true, type: 'none' },
  { kind: 'account.sensitive', inverse: 'account.unsensitive', flag: 'sensitive', sets: true, type: 'sensitive' },
  { kind: 'account.limit', inverse: 'account.unlimit', flag: 'limited', sets: true, type: 'silence' },
  { kind: 'account.freeze', inverse: 'account.unfreeze', flag: 'frozen', sets: true, type: 'disable' },
  { kind: 'account.suspend', inverse: 'account.unsuspend', flag: 'suspended', sets: true, type: 'suspend' },
  { kind: 'account.unsensitive', inverse: null, flag: 'sensitive', sets: false, undo: 'unsensitive' },
  { kind: 'account.unlimit', inverse: null, flag: 'limited', sets: false, undo: 'unsilence' },
  { kind: 'account.unfreeze', inverse: null, flag: 'frozen', sets: false, undo: 'enable' },
  { kind: 'account.unsuspend', inverse: null, flag: 'suspended', sets: false, undo: 'unsuspend' },
]

/** Those that make a flag so. */
export const kindsMaking = (flag: Flag, isSo: boolean): DecisionKind[] =>
  accountKindTable.flatMap(of => (of.flag === flag && of.sets === isSo ? [of.kind] : []))
