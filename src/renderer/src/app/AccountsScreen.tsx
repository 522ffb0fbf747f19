import { useCallback, useRef } from 'react'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import type { Output } from '../client/question.ts'
import { useServers } from '../client/servers.tsx'
import { AccountList } from '../features/accounts/AccountList.tsx'
import { AccountsHead } from '../features/accounts/AccountsHead.tsx'
import { AskServers } from '../features/accounts/AskServers.tsx'
import { isSought, useSought } from '../features/accounts/store.ts'
import { useAccountList } from '../features/accounts/use-account-list.ts'
import { Hints } from '../ui/Hints.tsx'
import { HintOf } from '../ui/Keys.tsx'
import { AccountPane } from './AccountPane.tsx'
import { useBackFromSheet } from './back-to-rows.ts'
import { toggleCover, useCover } from './cover.ts'
import styles from './ReportsScreen.module.css'
import type { Route } from './route.ts'
import { ServerStrips } from './ServerStrips.tsx'
import { useAccount } from './use-account.ts'
import { type Handlers, useKeys } from './use-keys.ts'
import { useLinks } from './use-links.tsx'
import { goTo } from './use-route.ts'

const rungs = ['rung-1', 'rung-2', 'rung-3', 'rung-4', 'rung-5', 'rung-6'] as const

type Shown = {
  route: Extract<Route, { screen: 'accounts' }>
  status: Output<'sync.status'> | undefined
  graceSeconds: number
}

/** Accounts that are known here or that a server is asked for, and the page of one. */
export const AccountsScreen = ({ route, status, graceSeconds }: Shown) => {
  const { server, account: target } = route
  const servers = useServers()
  const { sought, sort } = useSought()
  const box = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const reading = useRef<HTMLElement>(null)
  const links = useLinks()
  const found = useAccountList({ ...sought, server, sort })
  const { accounts } = found
  const focusList = useCallback(() => (box.current ?? field.current)?.focus(), [])
  const view = useAccount(target ?? undefined, focusList)
  const { sheet } = view
  const at = target ? accounts.findIndex(one => one.server === target.server && one.id === target.id) : -1
  const goAt = (index: number) => {
    const next = accounts[Math.max(0, Math.min(accounts.length - 1, index))]
    if (next) goTo({ screen: 'accounts', server, account: next })
  }
  useBackFromSheet(sheet !== undefined, focusList)
  const unlessSheet = (run: () => void) => () => sheet !== undefined || run()
  const byRung: Handlers = Object.fromEntries(rungs.map((rung, index) => [rung, () => view.chooseRung(index + 1)]))
  const { covered } = useCover()
  const hide = () => {
    view.reveal.cover()
    toggleCover()
  }
  useKeys({
    hide,
    next: unlessSheet(() => goAt(at + 1)),
    previous: unlessSheet(() => goAt(at < 0 ? 0 : at - 1)),
    first: unlessSheet(() => goAt(0)),
    last: unlessSheet(() => goAt(accounts.length - 1)),
    search: unlessSheet(() => field.current?.select()),
    open: unlessSheet(() => reading.current?.focus()),
    ...(view.page
      ? {
          ...byRung,
          mail: unlessSheet(view.toggleMail),
          words: unlessSheet(view.toggleWords),
          note: unlessSheet(view.openNote),
          reveal: unlessSheet(view.reveal.toggle),
          ...(view.asides.some(aside => aside.kind === 'account.delete')
            ? { 'delete-data': unlessSheet(() => view.chooseAside('account.delete')) }
            : {}),
          'web-admin': view.openWebAdmin,
        }
      : {}),
    back: () => {
      if (sheet) view.closeSheet()
      focusList()
    },
  })
  const isFilled = accounts.length > 0
  return (
    <main className={styles.desk} data-covered={covered || undefined}>
      <section className={styles.list} aria-label={say('accounts.all')}>
        <ServerStrips status={status} server={server} />
        <AccountsHead
          total={found.isRead ? accounts.length : undefined}
          more={found.more}
          field={field}
          onLeave={focusList}
        />
        {found.failure && (
          <p className={styles.trouble} role="alert">
            {sayFailure(found.failure)}
          </p>
        )}
        {isFilled ? (
          <AccountList
            found={found}
            current={at < 0 ? null : at}
            onPick={index => {
              goAt(index)
              focusList()
            }}
            onOpen={() => reading.current?.focus()}
            box={box}
          />
        ) : (
          !found.failure && (
            <p className={styles.nothing} role="status">
              {say(!found.isRead ? 'domains.reading' : isSought(sought) ? 'accounts.none-found' : 'accounts.none')}
            </p>
          )
        )}
        <AskServers servers={server === null ? servers : servers.filter(each => each.key === server)} found={found} />
        <Hints>
          <HintOf command={['next', 'previous']}>{say('hint.move')}</HintOf>
          <HintOf command="open">{say('hint.open')}</HintOf>
        </Hints>
      </section>
      <AccountPane
        view={view}
        target={target}
        inView={server}
        graceSeconds={graceSeconds}
        onLink={links.follow}
        onUncover={hide}
        onLeave={focusList}
        reading={reading}
      />
      {links.asked}
    </main>
  )
}
