import { useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react'
import type { Settings } from '../../../shared/contract/settings.ts'
import { directionOf } from '../../../shared/messages/languages.ts'
import { onSpoken, speak, speakLike, spoken } from '../../../shared/messages/say.ts'
import { useLive } from '../client/use-live.ts'
import { bindingsOf, useBindings } from '../ui/bindings.ts'

/** The language of the sentences, told to the page as well. Whoever draws with it draws all below anew when it changes. */
export const useSpoken = () => {
  const language = useSyncExternalStore(onSpoken, spoken)
  useLayoutEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = directionOf(language)
  }, [language])
}

/** What no key was chosen for stands already. */
const bind = ({ keys, letterKeys }: Settings) => {
  const isFirst =
    letterKeys && Object.keys(keys).length === 0 && useBindings.getState() === useBindings.getInitialState()
  if (!isFirst) useBindings.setState(bindingsOf(keys, letterKeys))
}

/** Speaks as the settings say. Rejects where the language's file cannot be had. */
export const speakAs = (language: Settings['language']): Promise<void> =>
  language === 'system' ? speakLike(navigator.languages) : speak(language, navigator.languages)

/** Makes the page what the settings say: language, look, keys. `ready` once it speaks so, so that nothing is read out in another language first. */
export const useChosen = () => {
  const { data, failure } = useLive('settings.get', {})
  const language = data?.language
  // What was known before the first drawing is spoken already.
  const [speaks, setSpeaks] = useState(language !== undefined)
  useEffect(() => {
    if (language === undefined) return
    const spoken = () => setSpeaks(true)
    speakAs(language).then(spoken, spoken)
  }, [language])
  // Look and keys before anyone sees what is drawn in them.
  const theme = data?.theme
  useLayoutEffect(() => {
    const root = document.documentElement
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
    else delete root.dataset.theme
  }, [theme])
  useLayoutEffect(() => {
    if (data) bind(data)
  }, [data])
  return { ready: speaks || failure !== undefined }
}
