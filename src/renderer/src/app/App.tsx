import { CSPProvider } from '@base-ui/react/csp-provider'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { directionOf } from '../../../shared/messages/languages.ts'
import { onSpoken, say, sayFailure, speak, speakLike, spoken } from '../../../shared/messages/say.ts'
import { ServersProvider } from '../client/servers.tsx'
import { useLive } from '../client/use-live.ts'
import { SignIn } from '../features/servers/SignIn.tsx'
import { LiveRegion } from '../ui/announce.tsx'
import { IconSprite } from '../ui/Icon.tsx'
import styles from './App.module.css'
import { Boundary } from './Boundary.tsx'
import { Desk } from './Desk.tsx'

/** The language of the sentences, told to the page as well. Whoever draws with it draws all below anew when it changes. */
const useSpoken = () => {
  const language = useSyncExternalStore(onSpoken, spoken)
  useEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = directionOf(language)
  }, [language])
}

/** Speaks the language that was chosen; `ready` once that is known, so that nothing is read out in another one first. */
const useLanguage = () => {
  const { data, failure } = useLive('settings.get', {})
  const chosen = data?.language
  useEffect(() => {
    if (chosen === 'system') speakLike(navigator.languages)
    else if (chosen) speak(chosen, navigator.languages)
  }, [chosen])
  return { ready: data !== undefined || failure !== undefined }
}

/** Light, dark, or as the system says. */
const useTheme = () => {
  const theme = useLive('settings.get', {}).data?.theme
  useEffect(() => {
    const root = document.documentElement
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
    else delete root.dataset.theme
  }, [theme])
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
  useTheme()
  const { ready } = useLanguage()
  const { data, before, failure } = useLive('servers.list', {})
  const servers = (data ?? before)?.servers
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
