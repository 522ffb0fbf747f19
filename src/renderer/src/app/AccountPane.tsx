import { type RefObject, useState } from 'react'
import type { ServerKey, Target } from '../../../shared/contract/ids.ts'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import { asFailure } from '../client/use-live.ts'
import { AccountFacts } from '../features/accounts/AccountFacts.tsx'
import { AccountHead, AccountHistory, AccountReports } from '../features/accounts/AccountParts.tsx'
import { Origin } from '../features/accounts/Origin.tsx'
import { Profile } from '../features/accounts/Profile.tsx'
import { Ladder } from '../features/decisions/Ladder.tsx'
import { Sheet } from '../features/decisions/Sheet.tsx'
import { useHand } from '../features/decisions/store.ts'
import { Notes } from '../features/notes/Notes.tsx'
import { nothingChosen } from '../features/reports/queue.ts'
import { useDesk } from '../features/reports/store.ts'
import { TemplatePick } from '../features/templates/TemplatePick.tsx'
import { Button, buttonClass } from '../ui/Button.tsx'
import { cx } from '../ui/cx.ts'
import { Icon } from '../ui/Icon.tsx'
import { KeyOf, useShortcut } from '../ui/Keys.tsx'
import { edgeOf } from '../ui/Mark.tsx'
import pane from '../ui/pane.module.css'
import { ScrollArea } from '../ui/ScrollArea.tsx'
import { ActOnServer } from './ActOnServer.tsx'
import styles from './CasePane.module.css'
import { Covered } from './Covered.tsx'
import { useCover } from './cover.ts'
import { openReport } from './open-report.ts'
import { RoleSays } from './RoleSays.tsx'
import { hrefOf } from './route.ts'
import type { AccountInView } from './use-account.ts'
import { goTo } from './use-route.ts'

type Shown = {
  view: AccountInView
  target: Target | null
  /** The one server that is in view, if it is one. */
  inView: ServerKey | null
  graceSeconds: number
  onLink(href: string): void
  onUncover(): void
  /** Gives the focus back to the list. */
  onLeave(): void
  reading: RefObject<HTMLElement | null>
}

/** Nothing to show: none was chosen, it is being read, or it is not known here and its server may be asked. */
const Nothing = ({ view, target }: Pick<Shown, 'view' | 'target'>) => {
  const [trouble, setTrouble] = useState('')
  const isUnknown = view.failure?.code === 'not-found'
  return (
    <section
      className={cx(pane.pane, pane.empty)}
      aria-label={say('accounts.page')}
      aria-busy={target !== null && !view.failure}
    >
      {target === null ? (
        <p>{say('accounts.choose')}</p>
      ) : isUnknown ? (
        <>
          <p>{say('accounts.unknown', { id: target.id, server: view.server?.domain ?? target.server })}</p>
          <p>
            <Button onClick={() => void view.fetchIt().catch(error => setTrouble(sayFailure(asFailure(error))))}>
              {say('accounts.ask-server', { server: view.server?.domain ?? target.server })}
            </Button>
          </p>
          <p role="status">{trouble}</p>
        </>
      ) : (
        <p role={view.failure ? 'alert' : undefined}>
          {view.failure ? sayFailure(view.failure) : say('domains.reading')}
        </p>
      )}
    </section>
  )
}

/** Everything about one account, whether or not a report names it, and the ladder to decide about it; features meet here. */
export const AccountPane = ({ view, target, inView, graceSeconds, onLink, onUncover, onLeave, reading }: Shown) => {
  const { page, server, slot, sheet } = view
  const webAdmin = useShortcut('web-admin')
  const { covered } = useCover()
  if (!page || !target || !slot) return <Nothing view={view} target={target} />
  const { account } = page
  return (
    <section
      className={cx(pane.pane, server && edgeOf(server))}
      aria-labelledby="account-page-h"
      aria-busy={!view.ready}
    >
      <AccountHead
        page={page}
        server={server}
        covered={covered}
        actions={
          <Button look="bare" aria-keyshortcuts={webAdmin} onClick={view.openWebAdmin}>
            <Icon name="out" small />
            {say('case.web-admin')}
            <KeyOf command="web-admin" />
          </Button>
        }
      />
      {view.failure && (
        <p className={pane.trouble} role="alert">
          {sayFailure(view.failure)}
        </p>
      )}
      {covered ? (
        <Covered label={say('accounts.page')} onUncover={onUncover} reading={reading} />
      ) : (
        <div className={styles.body} key={`${target.server} ${target.id}`}>
          <ScrollArea className={styles.posts} ref={reading} label={say('accounts.page')}>
            <Profile account={account} profiles={[]} judged={false} veil={null} onLink={onLink} />
            <AccountReports
              page={page}
              onReport={(id, isOpen) => openReport({ server: target.server, id }, isOpen, inView)}
              onQueue={() => {
                useDesk.setState({ chosen: { ...nothingChosen, target } })
                goTo({ screen: 'reports', queue: 'reports', server: inView })
              }}
            />
            <AccountHistory page={page} onDecision={panel => useHand.setState({ panel })} />
          </ScrollArea>
          <ScrollArea as="aside" className={styles.facts} label={say('case.about')}>
            <AccountFacts account={account} reveal={view.reveal} canAsk={page.canAsk} onClose={view.markClose} />
            {page.origin && (
              <>
                <Origin origin={page.origin} server={server} />
                <a
                  className={buttonClass('bare')}
                  href={hrefOf({ screen: 'domains', server: target.server, domain: page.origin.domain })}
                >
                  {say('accounts.domain-page')}
                </a>
              </>
            )}
            <Notes server={target.server} account={account} onLeave={onLeave} />
          </ScrollArea>
        </div>
      )}
      {server && account.domain !== null && <ActOnServer server={server} domain={account.domain} />}
      {view.rungs.length > 0 && (
        <Ladder
          rungs={view.rungs}
          ways={view.ways}
          asides={view.asides}
          account={account}
          server={server}
          mailOff={view.mailOff}
          withWords={view.withWords}
          onWords={view.toggleWords}
          covered={sheet !== undefined}
          trouble={sheet ? null : view.trouble}
          onPick={view.choose}
          onWay={view.choose}
          onMail={view.toggleMail}
          elsewhere={
            server && (
              <RoleSays server={server} page={`${server.origin}/admin/accounts/${encodeURIComponent(target.id)}`} />
            )
          }
        />
      )}
      {sheet && (
        <Sheet
          key={sheet.kind}
          rung={sheet}
          target={slot}
          account={account}
          server={server}
          rules={page.rules.map(rule => ({ ...rule, here: false }))}
          graceSeconds={graceSeconds}
          mailOff={view.mailOff}
          trouble={view.trouble}
          letter={{ locale: account.locale, cited: null }}
          onArm={view.armSheet}
          templates={(rules, onText) => (
            <TemplatePick
              values={{
                rules: rules.join('\n'),
                posts: '',
                appeal: server ? `${server.origin}/disputes/strikes` : '',
              }}
              reader={account.locale}
              onPick={onText}
            />
          )}
          onBack={() => {
            view.closeSheet()
            onLeave()
          }}
        />
      )}
    </section>
  )
}
