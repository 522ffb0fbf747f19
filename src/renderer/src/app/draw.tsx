import '../../../shared/jitless.ts'
import { createRoot } from 'react-dom/client'
import type { Wire } from '../../../shared/contract/wires.ts'
import { speakLike } from '../../../shared/messages/say.ts'
import { restoreDrafts } from '../client/drafts.ts'
import { ClientProvider } from '../client/engine.tsx'
import { firstAnswer } from '../client/first-answers.ts'
import type { Shell } from '../client/shell.ts'
import { startEngine } from '../client/start-engine.ts'
import { App } from './App.tsx'
import { keepPlace } from './keep-place.ts'
import { openFirst } from './open-first.ts'
import { speakAs } from './use-chosen.ts'

/** How long the first drawing waits for the first answers: as long as nothing is drawn anyway. */
const PATIENCE_MS = 400

/**
 * Draws the page into its place, from then on, in the language of the settings where they are known, else in the system's. `refused` ends
 * when the door says that this tab holds no key.
 */
export const draw = async (place: HTMLElement, shell: Shell, dialled: Promise<Wire>, refused: Promise<true>) => {
  keepPlace()
  const engine = startEngine(shell, dialled)
  const answered = openFirst(engine).then(() => false)
  const patience = new Promise<false>(resolve => setTimeout(resolve, PATIENCE_MS, false))
  const isRefused = await Promise.race([answered, refused, patience])
  const chosen = firstAnswer('settings.get', {})
  // Where a language's file cannot be had there is English.
  await (chosen ? speakAs(chosen.language) : speakLike(navigator.languages)).catch(() => {})
  // Before anyone can type: what is typed here counts as newer than what is held.
  restoreDrafts(firstAnswer('drafts.list', {})?.drafts ?? [])
  const root = createRoot(place)
  const drawAs = (refused: boolean) =>
    root.render(
      <ClientProvider client={{ engine, shell }}>
        <App refused={refused} />
      </ClientProvider>,
    )
  drawAs(isRefused)
  if (!isRefused) void refused.then(drawAs)
}
