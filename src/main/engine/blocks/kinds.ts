import { Fields } from '../../../shared/contract/decisions.ts'
import { type Kind, noFields, rungOfForm } from '../decisions/kind.ts'
import { shownBy } from '../decisions/read-back.ts'
import { addressChange } from './change.ts'
import { addresses, canonicalEmails, emailDomains, type Family } from './family.ts'
import { AddressFields, EmailDomainFields } from './fields.ts'
import { armOn, idOf, isHeld, notDone, readAgain, readNew, valueIn } from './steps.ts'

const blockKind = <Item extends { id: string }>(
  family: Family<Item>,
  { fields, codes }: Pick<Kind, 'fields' | 'codes'>,
  rung: Fields,
): Kind => {
  const arming: Kind['arming'] = (db, server, subject) =>
    armOn(family, db, server, subject, value => {
      const { refusal, brake } = family.rails(value)
      return {
        refusal: refusal ?? (family.findBy(db, server, value) ? 'refusal.block-there' : null),
        brake,
        before: {},
      }
    })
  return {
    kind: family.block,
    subjects: [family.of],
    place: 'rung',
    hasGrace: true,
    inverse: family.lift,
    fields,
    codes,
    // In a batch a new block leans on the server's own 422.
    requests: 1,
    arming,
    rung: (db, server, subject) => rungOfForm(family.block, arming(db, server, subject, rung)),
    precondition: async work => {
      if (work.cls === 'decision') await readNew(family, work)
      return isHeld(family, work) ? 'why.block-there' : null
    },
    request: work => family.create(work, valueIn(family, work)),
    // All that the server refuses of a value in its own form is one that is blocked already (contract E.5 to E.7).
    refused: (_work, status) => (status === 422 ? { isDone: false, why: 'why.block-there' } : null),
    readBack: async work => {
      const all = isHeld(family, work) || (await readNew(family, work))
      return shownBy(isHeld(family, work), all)
    },
    take: ({ context, session }, json) => {
      const made = family.entity.safeParse(json)
      if (made.success) family.store.put(context, session.key, [made.data], context.clock.now())
      return made.success
    },
    refresh: async work => void (await readNew(family, work)),
  }
}

const liftKind = <Item extends { id: string }>(family: Family<Item>): Kind => {
  const arming: Kind['arming'] = (db, server, subject) =>
    armOn(family, db, server, subject, value => {
      const held = family.findBy(db, server, value)
      return {
        refusal: held ? null : 'refusal.no-block',
        brake: null,
        before: held ? { block: held.id } : {},
        kept: family.kept(db, server, value),
      }
    })
  return {
    kind: family.lift,
    subjects: [family.of],
    place: 'way',
    hasGrace: true,
    inverse: family.block,
    wayBack: ({ kept }, now) => family.again(Fields.parse(JSON.parse(kept)), now),
    fields: noFields,
    codes: [],
    requests: 1,
    arming,
    rung: (db, server, subject) => rungOfForm(family.lift, arming(db, server, subject, {})),
    // In a batch the server's 404 tells as much.
    precondition: async work => (work.cls === 'batch' || (await readAgain(family, work)) ? null : 'why.block-lifted'),
    request: work => family.remove(work, idOf(work)),
    readBack: async work => ((await readAgain(family, work)) ? notDone : { shows: 'done' }),
    // The answer is empty: a 200 says that it is gone.
    take: work => {
      family.store.remove(work.context, work.session.key, [idOf(work)], work.context.clock.now())
      return true
    },
    refresh: async work => void (await readAgain(family, work)),
  }
}

/** Everything that can be decided about what keeps people from signing up (contract E.5 to E.7). */
export const blockKinds: readonly Kind[] = [
  blockKind(emailDomains, { fields: EmailDomainFields, codes: [] }, {}),
  liftKind(emailDomains),
  blockKind(addresses, { fields: AddressFields, codes: ['severity'] }, { severity: 'sign_up_block' }),
  addressChange,
  liftKind(addresses),
  blockKind(canonicalEmails, { fields: noFields, codes: [] }, {}),
  liftKind(canonicalEmails),
]
