import { useEffect } from 'react'
import { decisions } from '../../../shared/contract/decisions.ts'
import type { Target } from '../../../shared/contract/ids.ts'
import { reports } from '../../../shared/contract/reports.ts'
import { useEngine } from '../client/engine.tsx'
import { useReading } from '../client/use-live.ts'
import { sameTarget, useDesk } from '../features/reports/store.ts'
import { askAhead, takeCase } from './ask-case.ts'

const topics = [...new Set([...reports['reports.case'].topics, ...decisions['decisions.ladder'].topics])]

/** A case and its ladder, which come and are drawn together. */
export const useReadCase = (target: Target | undefined) => {
  const engine = useEngine()
  useEffect(
    () =>
      useDesk.subscribe(({ current }, last) => {
        if (current && !sameTarget(current.target, last.current?.target)) askAhead(engine, current.target)
      }),
    [engine],
  )
  const key = target ? JSON.stringify([target.server, target.id]) : null
  return useReading(key, topics, signal => (target ? takeCase(engine, target, signal) : null))
}
