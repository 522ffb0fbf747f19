import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { SignupRow } from '../../../shared/contract/signups.ts'
import { maskEmail } from '../accounts/mask.ts'
import { accountName, type NameRow, nameColumns } from '../accounts/table.ts'
import type { ReadDb } from '../db/handle.ts'
import { openOnTarget } from '../decisions/journal.ts'
import { type Found, hasOwnReason } from './clusters.ts'
import { maskOf } from './patterns.ts'
import type { StoredSignup } from './table.ts'
import type { View } from './view.ts'

/** A reason in a row; longer ones are shown whole on the account's page. */
const MOST_LETTERS = 500

type Row = NameRow &
  Pick<StoredSignup, 'id' | 'signed_up_at' | 'confirmed' | 'locale' | 'application_id' | 'range'> & {
    email: string | null
    invite_text: string | null
  }

const decisionOn = (db: ReadDb, server: ServerKey, id: string): SignupRow['decision'] => {
  const last = openOnTarget(db, server, `account:${id}`).at(-1)
  if (!last) return null
  return {
    id: last.id,
    kind: last.kind,
    state: last.state,
    waitingFor: last.waiting_for,
    sendAt: last.send_at,
    settledAt: last.settled_at,
    batch: last.batch_id,
  }
}

const sharesOf = (shares: readonly Found[]) =>
  shares.map(({ pattern, says, members }) => ({ pattern, says, count: members.length }))

/** Some of those who wait on a server, in the order asked for, with what speaks against and for each. */
export const readRows = (db: ReadDb, view: View, server: ServerKey, ids: readonly string[]): SignupRow[] =>
  ids.flatMap(id => {
    const one = view.byId.get(id)
    const row = db.get<Row>(
      `SELECT ${nameColumns}, s.id, s.signed_up_at, s.confirmed, s.locale, s.application_id, s.range, a.email, a.invite_text
       FROM mirror.signup s JOIN mirror.account a ON a.server = s.server AND a.id = s.id WHERE s.server = ? AND s.id = ?`,
      [server, id],
    )
    if (!one || !row) return []
    const shares = view.shared.get(id) ?? []
    return [
      {
        server,
        account: accountName(row),
        signedUpAt: row.signed_up_at,
        confirmed: row.confirmed === null ? null : row.confirmed === 1,
        locale: row.locale,
        email: row.email === null ? null : maskEmail(row.email),
        address: row.range === null ? null : maskOf(row.range),
        reason: [...(row.invite_text ?? '')].slice(0, MOST_LETTERS).join(''),
        invited: one.invited,
        byApplication: row.application_id !== null,
        shares: sharesOf(shares),
        ownReason: hasOwnReason(one, shares),
        decision: decisionOn(db, server, id),
      },
    ]
  })
