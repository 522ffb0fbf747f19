import { expect, test } from 'vitest'
import { signInAndSync } from './ground.ts'
import { openQueue, week } from './queue-ground.ts'

test('what is asked in the same breath as a decision is answered behind it, and has seen it', async () => {
  await using ground = await week()
  const { desk } = await signInAndSync(ground)
  const { list, rows } = await openQueue(desk, { filter: {}, group: 'target' })
  const at = rows.findIndex(
    (row, index) =>
      row.target.domain !== null && !row.target.flags.limited && rows[index + 1]?.target.id === row.target.id,
  )
  const [here, beside] = [rows[at], rows[at + 1]]
  if (!here || !beside) throw new Error('no two reports about one account')
  const came: string[] = []
  const told = async <T>(what: string, answer: Promise<T>): Promise<T> => {
    const known = await answer
    came.push(what)
    return known
  }
  // As the page does: nobody waits for the answer of the decision.
  const subject = { of: 'report', id: here.id } as const
  const [{ decision }, place, shown] = await Promise.all([
    told('armed', desk.call('decisions.arm', { server: here.server, subject, kind: 'account.limit' })),
    told('place', desk.call('reports.place', { list, report: { server: here.server, id: here.id }, next: true })),
    told('case', desk.call('reports.case', { server: beside.server, id: beside.id })),
  ])
  expect(came).toEqual(['armed', 'place', 'case'])
  // The other report about the account is decided along with it: one is not led there.
  expect(place.report).not.toBeNull()
  expect(place.report?.id).not.toBe(beside.id)
  expect(shown.decisions.map(({ id }) => id)).toContain(decision.id)
})
