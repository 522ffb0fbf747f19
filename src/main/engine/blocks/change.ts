import { Fields } from '../../../shared/contract/decisions.ts'
import { type Kind, type ReadBack, rungOfForm, type Work } from '../decisions/kind.ts'
import { changeAddress } from '../mastodon/endpoints/blocks.ts'
import { IpBlockEntity } from '../mastodon/entities/blocks.ts'
import { addresses } from './family.ts'
import { AddressChange, addressAgain } from './fields.ts'
import { armOn, idOf, readAgain } from './steps.ts'
import { ipBlockTable } from './table.ts'

const wantedOf = ({ decision }: Work): AddressChange => AddressChange.parse(JSON.parse(decision.fields))
const heldOf = (work: Work) => work.context.gate.read(db => ipBlockTable.find(db, work.session.key, idOf(work)))

type Held = NonNullable<ReturnType<typeof heldOf>>

/** The end is told in seconds from when it was sent, so that two ends within a minute are the same. */
const SAME_END_MS = 60_000
const endsAs = (expiresIn: number, sentAt: number, at: number | null) =>
  expiresIn === 0 ? at === null : at !== null && Math.abs(sentAt + expiresIn * 1000 - at) < SAME_END_MS

const isSo = (wanted: AddressChange, held: Held, sentAt: number): boolean =>
  (wanted.severity === undefined || wanted.severity === held.severity) &&
  (wanted.comment === undefined || wanted.comment === held.comment) &&
  (wanted.expiresIn === undefined || endsAs(wanted.expiresIn, sentAt, held.expires_at))

const arming: Kind['arming'] = (db, server, subject, fields) =>
  armOn(addresses, db, server, subject, range => {
    const held = ipBlockTable.findBy(db, server, range)
    if (!held) return { refusal: 'refusal.no-block', brake: null, before: {} }
    const before = { block: held.id, severity: held.severity, expiresAt: held.expires_at }
    const wanted = AddressChange.safeParse(fields).data ?? {}
    const { severity } = wanted
    // An end is told in seconds from now: it is another one each time.
    const same = Object.keys(wanted).length > 0 && wanted.expiresIn === undefined && isSo(wanted, held, 0)
    const shuts = severity === 'no_access' && held.severity !== 'no_access'
    const kept = addresses.kept(db, server, range)
    return {
      refusal: same ? 'refusal.same-block' : null,
      brake: shuts ? addresses.rails(range).brake : null,
      before,
      kept,
    }
  })

const readBack = async (work: Work): Promise<ReadBack> => {
  await readAgain(addresses, work)
  const held = heldOf(work)
  if (!held) return { shows: 'not-done', why: 'why.block-lifted' }
  // The end was reckoned by the server's clock, which may differ from ours.
  return isSo(wantedOf(work), held, (work.decision.sent_at ?? work.context.clock.now()) + work.session.skewMs)
    ? { shows: 'done' }
    : { shows: 'not-done', why: 'why.not-saved' }
}

/**
 * Changes a block of an address. Up to 4.6 the server answers values that it refuses with 200, shows them, and saves nothing (contract
 * E.6): so a change is done only when the block was read again and shows it.
 */
export const addressChange: Kind = {
  kind: 'address.change',
  subjects: ['address'],
  place: 'rung',
  hasGrace: true,
  inverse: 'address.change',
  wayBack: ({ kept, fields }, now) => {
    const changed = Object.keys(JSON.parse(fields))
    const again = addressAgain(Fields.parse(JSON.parse(kept)), now)
    return again && Object.fromEntries(Object.entries(again).filter(([name]) => changed.includes(name)))
  },
  fields: AddressChange,
  codes: ['severity'],
  // Before, the change, and after.
  requests: 3,
  arming,
  rung: (db, server, subject) => rungOfForm('address.change', arming(db, server, subject, {})),
  precondition: async work => {
    if (!(await readAgain(addresses, work))) return 'why.block-lifted'
    const held = heldOf(work)
    const before: { severity: string | null; expiresAt: number | null } = JSON.parse(work.decision.before)
    return held?.severity === before.severity && held?.expires_at === before.expiresAt ? null : 'why.block-changed'
  },
  request: async work => {
    const { context, session, cls, signal } = work
    const outcome = await changeAddress(context.guard, session, idOf(work), wantedOf(work), cls, signal)
    if (outcome.kind !== 'done') return outcome
    const saved = await readBack({ ...work, decision: { ...work.decision, sent_at: context.clock.now() } }).catch(
      () => null,
    )
    // The answer shows what was sent, saved or not: without a second look nobody knows.
    if (saved === null) return { kind: 'unknown', status: outcome.status, failure: null }
    return saved.shows === 'done' ? outcome : { kind: 'refused', status: outcome.status, json: outcome.json }
  },
  refused: (_work, status) => (status === 200 ? { isDone: false, why: 'why.not-saved' } : null),
  readBack,
  // What the answer shows is not what is saved.
  take: (_work, json) => IpBlockEntity.safeParse(json).success,
  refresh: async work => void (await readAgain(addresses, work)),
}
