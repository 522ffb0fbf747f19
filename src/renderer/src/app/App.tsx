import { CSPProvider } from '@base-ui/react/csp-provider'
import { useEffect, useState } from 'react'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import { useShell } from '../client/engine.tsx'
import { ServersProvider } from '../client/servers.tsx'
import { useLive } from '../client/use-live.ts'
import { SignIn } from '../features/servers/SignIn.tsx'
import { LiveRegion } from '../ui/announce.tsx'
import { IconSprite } from '../ui/Icon.tsx'
import styles from './App.module.css'
import { Boundary } from './Boundary.tsx'
import { Desk } from './Desk.tsx'

/** Room for the window's own buttons: on macOS at the start, elsewhere at the end, in a browser none. */
const frameOf = (kind: 'desktop' | 'browser') =>
  kind === 'browser' ? 'none' : navigator.userAgent.includes('Macintosh') ? 'start' : 'end'

/** Light, dark, or as the system says; and the frame that this window has. */
const useLook = () => {
  const shell = useShell()
  const theme = useLive('settings.get', {}).data?.theme
  useEffect(() => {
    const root = document.documentElement
    root.dataset.frame = frameOf(shell.kind)
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
    else delete root.dataset.theme
  }, [shell, theme])
}

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
  useLook()
  const { data, before, failure } = useLive('servers.list', {})
  const servers = (data ?? before)?.servers
  if (!servers && failure && failure.code !== 'disconnected')
    return (
      <main className={styles.middle}>
        <h1>{say('app.cannot-open')}</h1>
        <p role="alert">{sayFailure(failure)}</p>
      </main>
    )
  if (!servers) return <Waiting />
  if (servers.length === 0)
    return (
      <div className={styles.alone}>
        <SignIn first url="" onDone={() => {}} />
      </div>
    )
  return (
    <ServersProvider servers={servers}>
      <Desk />
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

export const App = ({ refused }: { refused: boolean }) => (
  <CSPProvider disableStyleElements>
    <IconSprite />
    <LiveRegion />
    <Boundary>{refused ? <NoKey /> : <Inside />}</Boundary>
  </CSPProvider>
)
