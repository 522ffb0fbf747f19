const hour = 3_600_000

/** A day at nine in the morning, some days after this moment. */
const nineIn = (now: number, days: number) => {
  const at = new Date(now)
  at.setDate(at.getDate() + days)
  at.setHours(9, 0, 0, 0)
  return at.getTime()
}

/** Days until the next Monday. */
const toMonday = (now: number) => (8 - new Date(now).getDay()) % 7 || 7

/** The moments that one mostly waits until, by name, in the person's own time. */
export const snoozeTimes = (now: number) =>
  [
    { name: 'hour', at: now + hour },
    { name: 'tomorrow', at: nineIn(now, 1) },
    { name: 'days', at: nineIn(now, 3) },
    { name: 'monday', at: nineIn(now, toMonday(now)) },
    { name: 'week', at: nineIn(now, 7) },
  ] as const

/** A moment as a field of date and time takes it, in the person's own time. */
export const fieldValue = (at: number): string => {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}

/** The moment of such a field; null while it is not whole. */
export const fieldTime = (value: string): number | null => {
  const at = new Date(value).getTime()
  return Number.isNaN(at) ? null : at
}
