import { CSPProvider } from '@base-ui/react/csp-provider'
import { useEffect, useRef, useState } from 'react'
import type { Failure } from '../../../shared/contract/failure.ts'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import { endFirst } from '../client/first-answers.ts'
import { ServersProvider } from '../client/servers.tsx'
import { useLive } from '../client/use-live.ts'
import { Lookalikes } from '../features/lookalikes/Lookalikes.tsx'
import { SignIn } from '../features/servers/SignIn.tsx'
import { announce, forgetSpoken, LiveRegion } from '../ui/announce.tsx'
import { IconSprite } from '../ui/Icon.tsx'
import styles from './App.module.css'
import { Boundary } from './Boundary.tsx'
import { Desk } from './Desk.tsx'
import { Locked } from './Locked.tsx'
import { useChosen, useSpoken } from './use-chosen.ts'
import { useKeepDrafts } from './use-keep-drafts.ts'
import { goTo } from './use-route.ts'

/** Nothing for the blink of an eye, then a word. */
const Waiting = () => {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 400)
    return () => clearTimeout(timer)
  }, [])
  return <main className={styles.middle}>{late && <p role="status">{say('app.opening')}</p>}</main>
}

const CannotOpen = ({ failure }: { failure: Failure }) => (
  <main className={styles.middle}>
    <h1>{say('app.cannot-open')}</h1>
    <p role="alert">{sayFailure(failure)}</p>
  </main>
)

const Unlocked = () => {
  const { data, before, failure } = useLive('servers.list', {})
  const servers = (data ?? before)?.servers
  const hasDesk = servers !== undefined && servers.length > 0
  useKeepDrafts()
  // After all parts were drawn with what was asked first: what this one asks itself is looked at last.
  useEffect(() => {
    if (hasDesk) endFirst()
  }, [hasDesk])
  // A desk that was just locked says so in a moment.
  const isPassing = failure?.code === 'disconnected' || failure?.detail.reason === 'failure.locked'
  if (!servers && failure && !isPassing) return <CannotOpen failure={failure} />
  if (!servers) return <Waiting />
  if (servers.length === 0)
    return (
      <div className={styles.alone}>
        <SignIn first url="" onDone={() => {}} />
      </div>
    )
  return (
    <ServersProvider servers={servers}>
      <Lookalikes>
        <Desk />
      </Lookalikes>
    </ServersProvider>
  )
}

const Inside = () => {
  const { ready } = useChosen()
  const { data, failure } = useLive('lock.state', {})
  const wasLocked = useRef(false)
  useEffect(() => {
    if (!data) return
    // It was opened without its passphrase, which is gone: another is chosen there.
    if (wasLocked.current && !data.locked && data.afterMinutes === null) {
      announce(say('lock.given-up'))
      goTo({ screen: 'settings' })
    }
    wasLocked.current = data.locked
    if (data.locked) forgetSpoken()
  }, [data])
  if (!data && failure && failure.code !== 'disconnected') return <CannotOpen failure={failure} />
  if (!data || !ready) return <Waiting />
  return data.locked ? <Locked servers={data.servers} /> : <Unlocked />
}

/** This tab holds no key, and only the terminal can give one. */
const NoKey = () => (
  <main className={styles.middle}>
    <h1>{say('app.no-key')}</h1>
    <p>{say('app.no-key-says')}</p>
  </main>
)

export const App = ({ refused }: { refused: boolean }) => {
  useSpoken()
  return (
    <CSPProvider disableStyleElements>
      <IconSprite />
      <LiveRegion />
      <Boundary>{refused ? <NoKey /> : <Inside />}</Boundary>
    </CSPProvider>
  )
}
