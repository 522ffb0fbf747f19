import './ui/tokens.css'
import './ui/base.css'
import { findShell } from './client/shell.ts'

/** How long the first drawing waits for the first answers: as long as nothing is drawn anyway. */
const PATIENCE_MS = 400

let refuse = () => {}
const refused = new Promise<true>(resolve => {
  refuse = () => resolve(true)
})
const shell = findShell(() => refuse())
// Dialled at once, asked as soon as what can be asked is read, and answered while the browser reads the part that draws, the greatest by far.
const dialled = shell.openWire()
dialled.catch(() => {})
const asking = import('./app/ask.ts').then(({ ask }) => ask(shell, dialled))
const answered = asking.then(({ answered }) => answered).then(() => false)
const patience = new Promise<false>(resolve => setTimeout(resolve, PATIENCE_MS, false))
const place = document.getElementById('root')
if (place) {
  const [{ draw }, { engine }, isRefused] = await Promise.all([
    import('./app/draw.tsx'),
    asking,
    Promise.race([answered, refused, patience]),
  ])
  const drawAs = await draw(place, { engine, shell })
  drawAs(isRefused)
  if (!isRefused) void refused.then(drawAs)
}
