import { useCallback, useEffect, useRef, useState } from 'react'
import type { ServerKey, Target } from '../../../shared/contract/ids.ts'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import { asksFirst } from '../client/ask-first.ts'
import { useEngine, useLinkState } from '../client/engine.tsx'
import { useServers } from '../client/servers.tsx'
import { asFailure, useLive } from '../client/use-live.ts'
import { BackupSection } from '../features/backup/BackupSection.tsx'
import { BatchEntries } from '../features/batches/BatchEntries.tsx'
import { BatchesAsking } from '../features/batches/BatchesAsking.tsx'
import { BatchPanel } from '../features/batches/BatchPanel.tsx'
import { BatchSheet } from '../features/batches/BatchSheet.tsx'
import { useBundle } from '../features/batches/store.ts'
import { useBatchActs } from '../features/batches/use-batch-acts.ts'
import { asksAboutBatch, waiting as waitingIn } from '../features/batches/words.ts'
import { BlocksScreen } from '../features/blocks/BlocksScreen.tsx'
import { HeldBar } from '../features/decisions/HeldBar.tsx'
import { spoken } from '../features/decisions/held.ts'
import { NeedsPerson } from '../features/decisions/NeedsPerson.tsx'
import { Outbox } from '../features/decisions/Outbox.tsx'
import { useHand } from '../features/decisions/store.ts'
import { useSpokenDecisions } from '../features/decisions/use-spoken.ts'
import { HandoverScreen } from '../features/handover/HandoverScreen.tsx'
import { LockSection } from '../features/lock/LockSection.tsx'
import { useSigns } from '../features/lock/use-signs.ts'
import { LogScreen } from '../features/log/LogScreen.tsx'
import { noFilters, useLogFilters } from '../features/log/store.ts'
import { useDesk } from '../features/reports/store.ts'
import { Elsewhere } from '../features/servers/Elsewhere.tsx'
import { MoreRights } from '../features/servers/MoreRights.tsx'
import { ServerList } from '../features/servers/ServerList.tsx'
import { SignIn } from '../features/servers/SignIn.tsx'
import { SettingsScreen } from '../features/settings/SettingsScreen.tsx'
import { TemplatesSection } from '../features/templates/TemplatesSection.tsx'
import { TrendsScreen } from '../features/trends/TrendsScreen.tsx'
import { announce } from '../ui/announce.tsx'
import { Late } from '../ui/Late.tsx'
import type { Walk } from '../ui/use-walk.ts'
import { AccountsScreen } from './AccountsScreen.tsx'
import { BatchSample } from './BatchSample.tsx'
import { BatchTemplates } from './BatchTemplates.tsx'
import styles from './Desk.module.css'
import { DomainsScreen } from './DomainsScreen.tsx'
import { lastArmed } from './last-armed.ts'
import { OpenDecision } from './OpenDecision.tsx'
import { openReport } from './open-report.ts'
import { Palette } from './Palette.tsx'
import { Rail } from './Rail.tsx'
import { ReportsScreen } from './ReportsScreen.tsx'
import { hrefOf, type Route, viewOf } from './route.ts'
import { ServerStrips } from './ServerStrips.tsx'
import { ShortcutsDialog } from './ShortcutsDialog.tsx'
import { SignupsScreen } from './SignupsScreen.tsx'
import { TitleBar } from './TitleBar.tsx'
import { useKeyboard, useKeys } from './use-keys.ts'
import { useNotify } from './use-notify.ts'
import { usePresence } from './use-presence.ts'
import { goTo, useRoute } from './use-route.ts'
import { serverInUse } from './use-server-in-use.ts'
import { verdictKeys, walkKeys } from './walk-keys.ts'

const titleOf = (route: Route) => {
  if (route.screen === 'reports') return say(`queue.${route.queue}`)
  return say(
    (
      {
        signups: 'signups.title',
        log: 'log.title',
        settings: 'settings.title',
        needs: 'needs.title',
        blocks: 'blocks.title',
        trends: 'trends.title',
        handover: 'handover.title',
        domains: 'domains.title',
        accounts: 'accounts.all',
        'sign-in': 'sign-in.title',
      } as const
    )[route.screen],
  )
}

/** Where the handover leads. */
const handoverWays = {
  needs: hrefOf({ screen: 'needs' }),
  signups: hrefOf({ screen: 'signups' }),
  settings: hrefOf({ screen: 'settings' }),
  onReport: (report: Target) => openReport(report, true, null),
  onLog: (kind: string, server: string) => {
    useLogFilters.setState({ filters: { ...noFilters, kind, server }, starts: [] })
    goTo({ screen: 'log' })
  },
}

/** The window of someone who is signed in somewhere: bar, rail, a screen, the held bar. */
export const Desk = () => {
  const engine = useEngine()
  const route = useRoute()
  const link = useLinkState()
  const [keysOpen, setKeysOpen] = useState(false)
  const [paletteOpen, setPaletteOpen] = useState(false)
  const status = useLive('sync.status', {}).data
  const counts = useLive('reports.counts', {}).data
  const waiting = useLive('signups.count', {}).data?.waiting
  const bar = useLive('decisions.bar', {}).data
  const batches = useLive('batches.list', {}).data?.batches ?? []
  const asking = batches.filter(asksAboutBatch)
  const servers = useServers()
  const acts = useBatchActs()
  const last = lastArmed(bar?.decisions ?? [], batches)
  useSpokenDecisions(bar)
  useNotify(counts)
  usePresence()
  useSigns()
  const title = titleOf(route)
  useEffect(() => {
    document.title = say('bar.document-title', { title })
  }, [title])
  // The same from one drawing to the next, so that what is not concerned is not drawn again.
  const openPalette = useCallback(() => setPaletteOpen(true), [])
  const closePalette = useCallback(() => setPaletteOpen(false), [])
  const closeKeys = useCallback(() => setKeysOpen(false), [])
  const field = useRef<HTMLInputElement>(null)
  const walk = useRef<Walk>(null)
  useKeyboard()
  useKeys({
    keys: () => setKeysOpen(true),
    palette: openPalette,
    outbox: () => useHand.setState({ outbox: true }),
    'go-reports': () => goTo({ screen: 'reports', queue: 'reports', server: null }),
    'go-signups': () => goTo({ screen: 'signups' }),
    'go-accounts': () => goTo({ screen: 'accounts', server: null, account: null }),
    'go-domains': () => {
      const server = serverInUse(route, servers, useDesk.getState().current?.target.server)
      goTo({ screen: 'domains', server: server?.key ?? null, domain: null })
    },
    'go-blocks': () => goTo({ screen: 'blocks' }),
    'go-trends': () => goTo({ screen: 'trends' }),
    'go-needs': () => goTo({ screen: 'needs' }),
    'go-handover': () => goTo({ screen: 'handover' }),
    'go-log': () => goTo({ screen: 'log' }),
    'go-settings': () => goTo({ screen: 'settings' }),
    lock: () => {
      engine.call('lock.now', {}).catch(error => {
        announce(sayFailure(asFailure(error)))
        goTo({ screen: 'settings' })
      })
    },
    // Lists that walk by key answer for themselves.
    ...(route.screen === 'log' || route.screen === 'blocks' ? { search: () => field.current?.select() } : {}),
    ...(route.screen === 'blocks' || route.screen === 'trends' ? walkKeys(walk) : {}),
    ...(route.screen === 'trends' ? verdictKeys(walk) : {}),
    'take-back': () => {
      if (!last) return announce(say('held.nothing'))
      if (last.of === 'batch') return void acts.takeBack(last.id)
      engine.call('decisions.takeBack', { id: last.id }).then(
        ({ decision }) => announce(spoken(decision, Date.now())),
        error => announce(sayFailure(asFailure(error))),
      )
    },
  })
  const strips = (server: ServerKey) => <ServerStrips status={status} server={server} />
  const looked = useBundle(bundle => bundle.panel)
  useKeys(
    {
      pause: () => {
        // The one that is looked at, else the newest.
        const batch = batches.find(({ id, state }) => (looked === null ? state !== 'ended' : id === looked))
        if (!batch || batch.state === 'ended') return announce(say('batch.none-goes-on'))
        void (batch.state === 'paused' ? acts.resume(batch.id) : acts.pause(batch.id))
      },
    },
    looked !== null,
  )
  return (
    <div className={styles.window}>
      <TitleBar title={title} route={route} status={status} link={link} onFind={openPalette} />
      <Rail
        route={route}
        counts={counts}
        waiting={waiting}
        needsPerson={(bar?.needsPerson ?? 0) + asking.length}
        status={status}
      />
      {route.screen === 'reports' && (
        <ReportsScreen
          queue={route.queue}
          server={route.server}
          view={route.view ?? null}
          status={status}
          graceSeconds={bar?.graceSeconds ?? 10}
        />
      )}
      {route.screen === 'signups' && <SignupsScreen status={status} graceSeconds={bar?.graceSeconds ?? 10} />}
      {route.screen === 'domains' && (
        <DomainsScreen route={route} status={status} graceSeconds={bar?.graceSeconds ?? 10} />
      )}
      {route.screen === 'accounts' && (
        <AccountsScreen route={route} status={status} graceSeconds={bar?.graceSeconds ?? 10} />
      )}
      {route.screen === 'log' && <LogScreen field={field} />}
      {route.screen === 'handover' && <HandoverScreen ways={handoverWays} />}
      {route.screen === 'needs' && (
        <NeedsPerson batches={asking.length > 0 ? <BatchesAsking batches={asking} /> : null} />
      )}
      {route.screen === 'blocks' && <BlocksScreen field={field} walk={walk} strips={strips} />}
      {route.screen === 'trends' && <TrendsScreen walk={walk} strips={strips} />}
      {route.screen === 'settings' && (
        <SettingsScreen
          servers={<ServerList signInAt={(url, server) => hrefOf({ screen: 'sign-in', url, server })} />}
          templates={<TemplatesSection />}
          backup={<BackupSection />}
          lock={<LockSection />}
        />
      )}
      {route.screen === 'sign-in' && (
        <SignIn
          key={route.url}
          first={false}
          url={route.url}
          server={route.server}
          onDone={({ key }) => goTo({ screen: 'reports', queue: 'reports', server: key })}
          onBack={() => goTo({ screen: 'settings' })}
        />
      )}
      <HeldBar
        bar={bar}
        last={last?.id ?? null}
        inBatches={batches.reduce((sum, batch) => sum + waitingIn(batch), 0)}
        batches={
          batches.length > 0 ? (
            <BatchEntries batches={batches} last={last?.id ?? null} graceSeconds={bar?.graceSeconds ?? 10} />
          ) : null
        }
      />
      <Late>
        {() => (
          <>
            <OpenDecision />
            <Outbox bar={bar} />
            <BatchPanel needs={handoverWays.needs} onLook={id => useHand.setState({ panel: id })} />
            <BatchSheet
              graceSeconds={bar?.graceSeconds ?? 10}
              sample={item => <BatchSample item={item} />}
              templates={(reader, onText) => <BatchTemplates reader={reader} onText={onText} />}
              view={viewOf(route)}
              asksFirst={asksFirst}
            />
            <MoreRights />
            <Elsewhere />
            <Palette open={paletteOpen} onClose={closePalette} />
            <ShortcutsDialog open={keysOpen} onClose={closeKeys} />
          </>
        )}
      </Late>
    </div>
  )
}
