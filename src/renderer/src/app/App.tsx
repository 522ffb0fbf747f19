import { CSPProvider } from '@base-ui/react/csp-provider'
import { useEffect, useState } from 'react'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import { endFirst } from '../client/first-answers.ts'
import { ServersProvider } from '../client/servers.tsx'
import { useLive } from '../client/use-live.ts'
import { Lookalikes } from '../features/lookalikes/Lookalikes.tsx'
import { SignIn } from '../features/servers/SignIn.tsx'
import { LiveRegion } from '../ui/announce.tsx'
import { IconSprite } from '../ui/Icon.tsx'
import styles from './App.module.css'
import { Boundary } from './Boundary.tsx'
import { Desk } from './Desk.tsx'
import { useChosen, useSpoken } from './use-chosen.ts'

/** Nothing for the blink of an eye, then a word. */
const Waiting = () => {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 400)
    return () => clearTimeout(timer)
  }, [])
  return <main className={styles.middle}>{late && <p role="status">{say('app.opening')}</p>}</main>
}

const Inside = () => {
  const { ready } = useChosen()
  const { data, before, failure } = useLive('servers.list', {})
  const servers = (data ?? before)?.servers
  const hasDesk = ready && servers !== undefined && servers.length > 0
  // After all parts were drawn with what was asked first: what this one asks itself is looked at last.
  useEffect(() => {
    if (hasDesk) endFirst()
  }, [hasDesk])
  if (!servers && failure && failure.code !== 'disconnected')
    return (
      <main className={styles.middle}>
        <h1>{say('app.cannot-open')}</h1>
        <p role="alert">{sayFailure(failure)}</p>
      </main>
    )
  if (!servers || !ready) return <Waiting />
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
