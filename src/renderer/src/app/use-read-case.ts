import { useEffect, useState } from 'react'
import type { Target } from '../../../shared/contract/ids.ts'
import { systemClock } from '../../../shared/system-clock.ts'
import { useEngine } from '../client/engine.tsx'
import { paced } from '../client/paced.ts'
import { useReading } from '../client/use-live.ts'
import { beside } from '../features/reports/beside.ts'
import { sameTarget, useDesk } from '../features/reports/store.ts'
import type { OpenList } from '../features/reports/use-open-list.ts'
import { askCases, type Cases, caseTopics } from './ask-cases.ts'

/** What this screen asked of cases, for as long as it is drawn. */
export const useCases = (): Cases => {
  const engine = useEngine()
  const [cases] = useState(() => askCases(engine))
  useEffect(() => {
    const unwatch = engine.watch(caseTopics, cases.drop)
    // Asked before the page draws that it goes there, so that the engine reads meanwhile.
    const leave = useDesk.subscribe(({ current }, last) => {
      if (current && !current.folded && !sameTarget(current.target, last.current?.target))
        void cases.ahead(current.target)
    })
    return () => {
      leave()
      unwatch()
      cases.keep([])
    }
  }, [engine, cases])
  return cases
}

/** A case and its ladder, which come and are drawn together: at once where they were read ahead. */
export const useReadCase = (target: Target | undefined, cases: Cases) => {
  const key = target ? JSON.stringify([target.server, target.id]) : null
  return useReading(
    key,
    caseTopics,
    ({ later }) => (target ? cases.read(target, later) : null),
    () => target && cases.known(target),
  )
}

/** Reads the cases that a key could lead to from the current one while one looks at it, and again when they are stale. */
export const useReadAhead = (list: OpenList | undefined, cases: Cases) => {
  const engine = useEngine()
  const current = useDesk(desk => desk.current)
  useEffect(() => {
    if (!list || !current) return
    const keep = () => {
      const isPlaced = current.list === list.list
      const { ahead, back } = isPlaced ? beside(list.of, current.index) : { ahead: [], back: undefined }
      // A folded head stands for reports that nobody looks at.
      cases.keep([...(current.folded ? [] : [current.target]), ...ahead], back)
    }
    keep()
    const leave = list.of.subscribe(keep)
    const again = paced(systemClock, async () => keep())
    const unwatch = engine.watch(caseTopics, again.ask)
    return () => {
      leave()
      again.stop()
      unwatch()
    }
  }, [engine, cases, list, current])
}
