import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Settings } from '../../../shared/contract/settings.ts'

/** Minutes since midnight of `22:00`. */
const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** True within the quiet hours, which may reach over midnight. The same time twice is a whole day. */
export const isQuiet = ({ quietFrom, quietTo }: Pick<Settings, 'quietFrom' | 'quietTo'>, now: Date): boolean => {
  if (quietFrom === null || quietTo === null) return false
  const [from, to, at] = [minutes(quietFrom), minutes(quietTo), now.getHours() * 60 + now.getMinutes()]
  return from < to ? from <= at && at < to : at >= from || at < to
}

type Counted = { server: ServerKey; open: number; whole: boolean }

/**
 * How many reports came since someone last looked, counted from how many are open on each server: what colleagues closed meanwhile is no
 * news, nor is what a server had already when all of it is read, at first or anew.
 */
export const makeArrivals = () => {
  let known = new Map<ServerKey, number>()
  let news = 0
  return (counts: readonly Counted[], isLooking: boolean): number => {
    const more = counts.reduce((sum, { server, open }) => sum + Math.max(0, open - (known.get(server) ?? open)), 0)
    known = new Map(counts.filter(({ whole }) => whole).map(({ server, open }) => [server, open]))
    news = isLooking ? 0 : news + more
    return more > 0 ? news : 0
  }
}
