import { useCallback, useEffect, useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { Found } from '../../../../shared/contract/finder.ts'
import type { ServerKey } from '../../../../shared/contract/ids.ts'
import { useEngine } from '../../client/engine.tsx'
import type { Output } from '../../client/question.ts'
import { asFailure } from '../../client/use-live.ts'

/** A quick hand types a letter in less than this: what is asked for in between would be thrown away. */
const HAND_MS = 60

/** What a server said when it was asked: how many accounts or reports it named, or why it could not be asked. */
export type Asked = { server: ServerKey; found: number | 'asking' | Failure }

type State = { text: string; found: Output<'finder.find'> | undefined; asked: readonly Asked[] }
const nothing: State = { text: '', found: undefined, asked: [] }

const merged = (before: Output<'finder.find'> | undefined, told: Found): Output<'finder.find'> | undefined => {
  if (!before) return undefined
  const accountKey = (one: Found['accounts'][number]) => `${one.server} ${one.account.id}`
  const reportKey = ({ report }: Found['reports'][number]) => `${report.server} ${report.id}`
  const [accounts, reports] = [new Set(before.accounts.map(accountKey)), new Set(before.reports.map(reportKey))]
  return {
    ...before,
    accounts: [...before.accounts, ...told.accounts.filter(one => !accounts.has(accountKey(one)))],
    reports: [...before.reports, ...told.reports.filter(one => !reports.has(reportKey(one)))],
  }
}

/**
 * What is known of a text, read once when it was typed, so that nothing moves under the hand; and the servers that were asked for more.
 * Until something is found for the new text, what was found for the last one is gone.
 */
export const useFound = (typed: string) => {
  const engine = useEngine()
  const text = typed.trim()
  const [state, setState] = useState<State>(nothing)
  const mine = state.text === text ? state : nothing

  useEffect(() => {
    if (text === '') return
    const abort = new AbortController()
    const read = () =>
      engine.call('finder.find', { text }, { signal: abort.signal }).then(
        found => abort.signal.aborted || setState({ text, found, asked: [] }),
        // Commands are found all the same.
        () => abort.signal.aborted || setState({ text, found: undefined, asked: [] }),
      )
    const timer = setTimeout(read, HAND_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [engine, text])

  const ask = useCallback(
    (server: ServerKey) => {
      const put = (asked: Asked, found?: Found) =>
        setState(last =>
          last.text === text
            ? {
                ...last,
                found: found ? merged(last.found, found) : last.found,
                asked: [...last.asked.filter(each => each.server !== server), asked],
              }
            : last,
        )
      put({ server, found: 'asking' })
      engine.call('finder.ask', { text, server }).then(
        found => put({ server, found: found.accounts.length + found.reports.length }, found),
        error => put({ server, found: asFailure(error) }),
      )
    },
    [engine, text],
  )
  const reading = text !== '' && state.text !== text
  return { found: text === '' ? undefined : mine.found, reading, asked: mine.asked, ask }
}
