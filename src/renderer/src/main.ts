import './jitless.ts'
import './ui/tokens.css'
import './ui/base.css'
import { keepPlace } from './app/keep-place.ts'
import { openFirst } from './app/open-first.ts'
import { findShell } from './client/shell.ts'
import { startEngine } from './client/start-engine.ts'

/** How long the first drawing waits for the first answers: as long as nothing is drawn anyway. */
const PATIENCE_MS = 400

keepPlace()
let refuse = () => {}
const refused = new Promise<true>(resolve => {
  refuse = () => resolve(true)
})
const shell = findShell(() => refuse())
const engine = startEngine(shell)
// The engine answers while the browser reads the part that draws, the greater one by far.
const answered = openFirst(engine).then(() => false)
const patience = new Promise<false>(resolve => setTimeout(resolve, PATIENCE_MS, false))
const place = document.getElementById('root')
if (place) {
  const [{ draw }, isRefused] = await Promise.all([
    import('./app/draw.tsx'),
    Promise.race([answered, refused, patience]),
  ])
  const drawAs = await draw(place, { engine, shell })
  drawAs(isRefused)
  if (!isRefused) void refused.then(drawAs)
}
