import type { Subject } from '../../../shared/contract/decisions.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'
import type { Arming, ReadBack, Work } from '../decisions/kind.ts'
import { askingFirst, storeShown } from '../reports/lost.ts'
import { findServer } from '../servers/table.ts'
import { readAbove } from '../sync/above.ts'
import type { Family } from './family.ts'

const PAGE = 200

/** Arms on a value in the server's form; what is none is refused with the sentence that says why. */
export const armOn = <Item extends { id: string }>(
  family: Family<Item>,
  db: ReadDb,
  server: ServerKey,
  subject: Subject,
  facts: (value: string) => Pick<Arming, 'refusal' | 'brake' | 'before' | 'kept'>,
): Arming => {
  const { value, problem } = family.read(subject.id)
  const name = value ?? subject.id
  const right = findServer(db, server)?.role.manageBlocks ? null : 'refusal.role-blocks'
  const found = value === null ? { refusal: problem, brake: null, before: {} } : facts(value)
  return {
    target: `${family.of}:${name}`,
    report: null,
    account: null,
    name,
    domain: value === null ? null : family.domainOf(value),
    ...found,
    refusal: right ?? found.refusal,
  }
}

/** Read back: nothing of it is there. */
export const notDone: ReadBack = { shows: 'not-done', why: 'why.read-back-not' }

/** The value as it is stored and sent, whatever was typed. */
export const valueIn = <Item extends { id: string }>(family: Family<Item>, { decision }: Work): string =>
  family.read(decision.subject_id).value ?? decision.subject_id

/** Reads whether a block of the decision's value came since we last looked: one page as a rule. False as `readAbove`. */
export const readNew = async <Item extends { id: string }>(family: Family<Item>, work: Work): Promise<boolean> => {
  const value = valueIn(family, work)
  const { listName: name, store, list } = family
  return await readAbove(
    { ...work, ...askingFirst(work) },
    { name, most: PAGE, store, list },
    item => family.valueOf(item) === value,
  )
}

/** True when the value is blocked, as far as we know. */
export const isHeld = <Item extends { id: string }>(family: Family<Item>, work: Work): boolean =>
  work.context.gate.read(db => family.findBy(db, work.session.key, valueIn(family, work))) !== undefined

/** The server's id of the block that a change or a lift is about. */
export const idOf = ({ decision }: Work): string => String(JSON.parse(decision.before).block)

/** Reads one block again, and stores what became of it; false when it is gone, or its id names another by now. */
export const readAgain = async <Item extends { id: string }>(family: Family<Item>, work: Work): Promise<boolean> => {
  const { context, session, cls, signal } = work
  const { item, askedAt } = await family.there(context.guard, session, idOf(work), cls, signal)
  await storeShown(work, by =>
    item
      ? family.store.put(by, session.key, [item], askedAt)
      : family.store.remove(by, session.key, [idOf(work)], askedAt),
  )
  return item !== undefined && family.valueOf(item) === valueIn(family, work)
}
