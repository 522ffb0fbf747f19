import { useEffect, useSyncExternalStore } from 'react'
import { directionOf } from '../../../shared/messages/languages.ts'
import { onSpoken, speak, speakLike, spoken } from '../../../shared/messages/say.ts'
import { useLive } from '../client/use-live.ts'
import { bindingsOf, useBindings } from '../ui/bindings.ts'

/** The language of the sentences, told to the page as well. Whoever draws with it draws all below anew when it changes. */
export const useSpoken = () => {
  const language = useSyncExternalStore(onSpoken, spoken)
  useEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = directionOf(language)
  }, [language])
}

/** Makes the page what the settings say: language, look, keys. `ready` once they are known, so that nothing is read out in another language first. */
export const useChosen = () => {
  const { data, failure } = useLive('settings.get', {})
  const language = data?.language
  useEffect(() => {
    if (language === 'system') speakLike(navigator.languages)
    else if (language) speak(language, navigator.languages)
  }, [language])
  const theme = data?.theme
  useEffect(() => {
    const root = document.documentElement
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
    else delete root.dataset.theme
  }, [theme])
  useEffect(() => {
    if (data) useBindings.setState(bindingsOf(data.keys, data.letterKeys))
  }, [data])
  return { ready: data !== undefined || failure !== undefined }
}
