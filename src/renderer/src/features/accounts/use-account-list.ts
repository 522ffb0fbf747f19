import { useCallback, useEffect, useState } from 'react'
import type { AccountFilter, AccountSort } from '../../../../shared/contract/accounts.ts'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { ServerKey, Target } from '../../../../shared/contract/ids.ts'
import { useEngine } from '../../client/engine.tsx'
import { asFailure, useLive } from '../../client/use-live.ts'

/** A quick hand types a letter in less than this: what is asked for in between would be thrown away. */
const HAND_MS = 60
/** Rows are read by the hundred, and the hundred before and after with them. */
const PAGE = 100

/** What a server said: how many more it named, whether there are more, or why it could not be asked. */
export type Told = { found: number; next: string | null } | 'asking' | Failure

type State = {
  /** What was asked for. */
  of: string
  accounts: readonly Target[]
  more: boolean
  failure: Failure | undefined
  told: Readonly<Record<ServerKey, Told>>
}
const nothing: State = { of: '', accounts: [], more: false, failure: undefined, told: {} }

type Asked = AccountFilter & { sort: AccountSort }
const keyOf = ({ server, id }: Target) => `${server} ${id}`

/**
 * The accounts that fit, read once for what is asked, so that nothing moves under the hand; what servers name when they are asked stands
 * after them. The rows near what is in view are read again whenever they change.
 */
export const useAccountList = (asked: Asked) => {
  const engine = useEngine()
  const of = JSON.stringify(asked)
  const [state, setState] = useState(nothing)
  const [start, show] = useState(0)

  useEffect(() => {
    const wanted: Asked = JSON.parse(of)
    const abort = new AbortController()
    const read = () =>
      engine.call('accounts.find', wanted, { signal: abort.signal }).then(
        found => abort.signal.aborted || setState({ ...nothing, of, ...found }),
        error => abort.signal.aborted || setState({ ...nothing, of, failure: asFailure(error) }),
      )
    const timer = setTimeout(read, HAND_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [engine, of])

  const ask = useCallback(
    (server: ServerKey, next: string | null) => {
      const { sort: _, ...filter }: Asked = JSON.parse(of)
      const put = (told: Told, ids: readonly string[] = []) =>
        setState(last => {
          if (last.of !== of) return last
          const known = new Set(last.accounts.map(keyOf))
          const more = ids.map(id => ({ server, id })).filter(one => !known.has(keyOf(one)))
          return { ...last, accounts: [...last.accounts, ...more], told: { ...last.told, [server]: told } }
        })
      put('asking')
      engine.call('accounts.ask', { ...filter, server, next }, { timeoutMs: 100_000 }).then(
        answer => put({ found: answer.ids.length, next: answer.next }, answer.ids),
        error => put(asFailure(error)),
      )
    },
    [engine, of],
  )

  const { accounts } = state
  const from = Math.max(0, Math.floor(start / PAGE) * PAGE - PAGE / 2)
  const rows = useLive(
    'accounts.rows',
    accounts.length === 0 ? null : { accounts: accounts.slice(from, from + 2 * PAGE) },
  )
  const known = new Map(
    [...(rows.before?.rows ?? []), ...(rows.data?.rows ?? [])].map(row => [
      keyOf({ server: row.server, id: row.account.id }),
      row,
    ]),
  )
  return {
    accounts,
    more: state.more,
    /** False while nothing at all was read yet. */
    isRead: state.of !== '',
    /** What stands there is that of something else. */
    isStale: state.of !== of,
    failure: state.failure ?? rows.failure,
    told: state.of === of ? state.told : {},
    ask,
    rowAt: (index: number) => {
      const one = accounts[index]
      return one && known.get(keyOf(one))
    },
    /** Says where one looks. */
    show,
  }
}
export type AccountsFound = ReturnType<typeof useAccountList>
