import { useEffect, useState } from 'react'

type Hear = (now: number) => void
type Ticker = { hearing: Set<Hear>; stop(): void }

/** One timer for everything that is told at the same pace: it is then drawn together, in one frame. */
const tickers = new Map<number, Ticker>()

const start = (everyMs: number): Ticker => {
  const hearing = new Set<Hear>()
  const tick = () => {
    if (document.hidden) return
    const now = Date.now()
    for (const hear of hearing) hear(now)
  }
  const timer = setInterval(tick, everyMs)
  document.addEventListener('visibilitychange', tick)
  const stop = () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tick)
    tickers.delete(everyMs)
  }
  const ticker = { hearing, stop }
  tickers.set(everyMs, ticker)
  return ticker
}

/** Tells the time every `everyMs` until the function that it answers is called; still while the page is hidden. */
const everyTick = (everyMs: number, hear: Hear): (() => void) => {
  const ticker = tickers.get(everyMs) ?? start(everyMs)
  ticker.hearing.add(hear)
  return () => {
    ticker.hearing.delete(hear)
    if (ticker.hearing.size === 0) ticker.stop()
  }
}

/** The time of this computer, told anew every `everyMs`; still while the page is hidden. */
export const useNow = (everyMs: number) => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => everyTick(everyMs, setNow), [everyMs])
  return now
}
