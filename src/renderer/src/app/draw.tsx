// The first of all imports, so that no schema is older: it stands in what is shared with the part that asks.
import '../jitless.ts'
import { createRoot } from 'react-dom/client'
import type { Engine } from '../../../shared/contract/index.ts'
import { speakLike } from '../../../shared/messages/say.ts'
import { ClientProvider } from '../client/engine.tsx'
import { firstAnswer } from '../client/first-answers.ts'
import type { Shell } from '../client/shell.ts'
import { App } from './App.tsx'
import { speakAs } from './use-chosen.ts'

/** Draws the page into its place, from then on, in the language of the settings where they are known, else in the system's. */
export const draw = async (place: HTMLElement, client: { engine: Engine; shell: Shell }) => {
  const chosen = firstAnswer('settings.get', {})
  // Where a language's file cannot be had there is English.
  await (chosen ? speakAs(chosen.language) : speakLike(navigator.languages)).catch(() => {})
  const root = createRoot(place)
  return (refused: boolean) =>
    root.render(
      <ClientProvider client={client}>
        <App refused={refused} />
      </ClientProvider>,
    )
}
