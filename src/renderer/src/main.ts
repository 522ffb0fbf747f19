import './ui/tokens.css'
import './ui/base.css'
import { sayCannotLoad } from './app/cannot-load.ts'
import { earlyQuestions, earlyTopics, PLACE } from './app/first-questions.ts'
import { askEarly } from './client/early-wire.ts'
import { findShell } from './client/shell.ts'

/** How long the door may take to say hello before the page goes on without it. */
const HELLO_MS = 150

let refuse = () => {}
const refused = new Promise<true>(resolve => {
  refuse = () => resolve(true)
})
const shell = findShell(() => refuse())
const questions = earlyQuestions(location.hash, sessionStorage.getItem(PLACE))
const dialled = shell.openWire().then(wire => askEarly(wire, earlyTopics, questions))
// Evaluated while the door answers the dialling, when this thread has nothing else to do; what draws needs it.
void import('react-dom/client').catch(() => {})
// The first format of a page costs it much of a frame: made while the engine works at the questions. Earlier the dialling would wait for it.
const format = () => new Intl.NumberFormat(navigator.language).format(0)
dialled.then(format, format)
// The greatest part by far is fetched meanwhile, but begins when the questions are out: the engine works while it does.
const hello = new Promise(resolve => setTimeout(resolve, HELLO_MS))
const begun = Promise.race([dialled.catch(() => {}), refused, hello])
// This file does not wait for them, but what is drawn is measured: the place for it, and the styles.
const laidOut = new Promise<void>(resolve => {
  if (document.readyState === 'complete') resolve()
  else window.addEventListener('load', () => resolve(), { once: true })
})
const begin = async () => {
  await Promise.all([begun, laidOut])
  const place = document.getElementById('root')
  if (!place) return
  const part = await import('./app/draw.tsx').catch(() => sayCannotLoad(place))
  await part?.draw(place, shell, dialled, refused)
}
void begin()
