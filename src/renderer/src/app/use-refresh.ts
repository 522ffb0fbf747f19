import { useEffect, useRef, useState } from 'react'
import type { Target } from '../../../shared/contract/ids.ts'
import { useEngine } from '../client/engine.tsx'
import { type Changes, changesSince, leaving } from '../features/reports/CameBack.tsx'
import type { Case } from '../features/reports/CaseHead.tsx'

/** How long a case must stay in view before it is read again from its server. */
const SETTLED = 600

/** Going to and fro between cases does not ask for their posts again within this time; coming back to the window does. */
const LOOKED = 120_000

/**
 * Reads the case in view again from its server, and asks for its posts there: when one stays on it, and when one comes back to the
 * window. Who went to the web admin is told on coming back what changed there.
 */
export const useRefresh = (target: Target | undefined, shown: Case | undefined) => {
  const engine = useEngine()
  const [back, setBack] = useState<{ of: string; changes: Changes } | null>(null)
  const left = useRef<{ of: string; case: ReturnType<typeof leaving> } | null>(null)
  const [server, id] = [target?.server, target?.id]
  const of = `${server} ${id}`
  useEffect(() => {
    if (server === undefined || id === undefined) return
    const abort = new AbortController()
    const { signal } = abort
    const read = async (lookedSince: number) => {
      // What cannot be read now is told by the strips of its server.
      await engine.call('reports.refresh', { server, id }, { signal }).catch(() => {})
      const now = await engine.call('reports.case', { server, id }, { signal, later: true })
      const posts = now.posts.filter(post => (post.lookedAt ?? 0) < lookedSince).map(post => post.id)
      if (posts.length > 0) await engine.call('posts.look', { server, posts }, { signal }).catch(() => {})
    }
    const comeBack = async () => {
      await read(Date.now())
      if (left.current?.of !== of) return
      const changes = changesSince(left.current.case, await engine.call('reports.case', { server, id }, { signal }))
      left.current = null
      if (changes) setBack({ of, changes })
    }
    const ignore = () => {}
    const timer = setTimeout(() => void read(Date.now() - LOOKED).catch(ignore), SETTLED)
    const focused = () => void comeBack().catch(ignore)
    window.addEventListener('focus', focused)
    return () => {
      clearTimeout(timer)
      abort.abort()
      window.removeEventListener('focus', focused)
    }
  }, [engine, server, id, of])
  return {
    /** One goes to the web admin now. */
    leave: () => {
      if (shown) left.current = { of: `${shown.report.server} ${shown.report.id}`, case: leaving(shown) }
    },
    /** What changed there, while the report is still open. */
    back: back?.of === of && shown?.report.resolvedAt === null ? back.changes : null,
    dismiss: () => setBack(null),
  }
}
