import { directionOf, findLanguage } from '../../../shared/messages/languages.ts'
import { PSEUDO } from '../../../shared/messages/pseudo.ts'
import { startWords } from '../../../shared/messages/start.ts'
import button from '../ui/Button.module.css'
import styles from './App.module.css'

/**
 * Says that the part of the page that draws it could not be had, with a way to try again. Draws by hand, in the language of the system: all
 * that is drawn with otherwise is in that part.
 */
export const sayCannotLoad = (place: HTMLElement): void => {
  const spoken = findLanguage(navigator.languages)?.spoken ?? 'en'
  document.documentElement.lang = spoken
  document.documentElement.dir = directionOf(spoken)
  const words = startWords[spoken === PSEUDO ? 'en' : spoken]
  const title = document.createElement('h1')
  title.textContent = words['app.not-loaded']
  const says = document.createElement('p')
  says.role = 'alert'
  says.textContent = words['app.not-loaded-says']
  const again = document.createElement('button')
  again.type = 'button'
  again.className = `${button.button} ${button.primary}`
  again.textContent = words['app.try-again']
  again.addEventListener('click', () => {
    // Opened again only where somebody answers: else the browser would put a page of its own here. Said anew, so that it is read out.
    const stay = () => says.replaceChildren(words['app.not-loaded-says'])
    // biome-ignore lint/style/noRestrictedGlobals: asks only whether somebody is there, with no client to ask by
    fetch('./favicon.svg').then(() => location.reload(), stay)
  })
  const main = document.createElement('main')
  main.className = styles.middle ?? ''
  main.append(title, says, again)
  place.replaceChildren(main)
  again.focus()
}
