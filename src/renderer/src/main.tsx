import './jitless.ts'
import './ui/tokens.css'
import './ui/base.css'
import { createRoot } from 'react-dom/client'
import { speakLike } from '../../shared/messages/say.ts'
import { App } from './app/App.tsx'
import { keepPlace } from './app/keep-place.ts'
import { openFirst } from './app/open-first.ts'
import { ClientProvider, startEngine } from './client/engine.tsx'
import { findShell } from './client/shell.ts'

// Until the settings are read, the language of the system.
speakLike(navigator.languages)

keepPlace()
const place = document.getElementById('root')
if (place) {
  const root = createRoot(place)
  const draw = (refused: boolean) =>
    root.render(
      <ClientProvider client={client}>
        <App refused={refused} />
      </ClientProvider>,
    )
  const shell = findShell(() => draw(true))
  const client = { engine: startEngine(shell), shell }
  draw(false)
  openFirst(client.engine)
}
