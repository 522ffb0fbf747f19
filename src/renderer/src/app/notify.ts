import type { Settings } from '../../../shared/contract/settings.ts'

/** Minutes since midnight of `22:00`. */
const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** True within the quiet hours, which may reach over midnight. The same time twice is a whole day. */
export const isQuiet = ({ quietFrom, quietTo }: Pick<Settings, 'quietFrom' | 'quietTo'>, now: Date): boolean => {
  if (quietFrom === null || quietTo === null) return false
  const [from, to, at] = [minutes(quietFrom), minutes(quietTo), now.getHours() * 60 + now.getMinutes()]
  return from < to ? from <= at && at < to : at >= from || at < to
}

/** How many reports came since someone last looked, counted from how many are open: what colleagues closed meanwhile is no news. */
export const makeArrivals = () => {
  let known: number | undefined
  let news = 0
  return (open: number, isLooking: boolean): number => {
    const more = known === undefined ? 0 : Math.max(0, open - known)
    known = open
    news = isLooking ? 0 : news + more
    return more > 0 ? news : 0
  }
}
