const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/

/**
 * A day (`2026-11-23`) or a time (`2026-11-23T08:00:00Z`) as a moment; a day begins here, in this computer's time zone, or with
 * `after` where it is over. Nothing when it is neither, or not in the calendar.
 */
export const readMoment = (text: string, after = false): number | undefined => {
  const [whole, year, month, day] = DAY.exec(text) ?? []
  if (whole !== undefined) {
    const date = new Date(Number(year), Number(month) - 1, Number(day))
    if (date.getDate() !== Number(day) || date.getMonth() !== Number(month) - 1) return undefined
    if (after) date.setDate(date.getDate() + 1)
    return date.getTime()
  }
  const at = TIME.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? undefined : at
}
