import type { Engine } from '../../shared/contract/index.ts'
import { findLanguage } from '../../shared/messages/languages.ts'
import { speak, speakLike } from '../../shared/messages/say.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** `fr_CA.UTF-8@euro` is `fr-CA`; `C` and `POSIX` name no language. */
const tagOf = (posix: string): string[] => {
  const tag = posix.replace(/[.@].*$/, '').replaceAll('_', '-')
  return tag === '' || tag === 'C' || tag === 'POSIX' ? [] : [tag]
}

/**
 * The languages that a terminal asks for, as BCP 47 tags, the best first: LANGUAGE (unless the locale is C), then the first of LC_ALL,
 * LC_MESSAGES and LANG that is set. None on Windows, where none is.
 */
export const wantedBy = (env: Environment): readonly string[] => {
  const tags = tagOf(env.LC_ALL || env.LC_MESSAGES || env.LANG || '')
  return tags.length === 0 ? [] : [...(env.LANGUAGE ?? '').split(':').flatMap(tagOf), ...tags]
}

const system = () => Intl.DateTimeFormat().resolvedOptions().locale

/** Speaks as the terminal asks, else as the system does. */
export const speakAsHere = (): void => speakLike([...wantedBy(process.env), system()])

/** Speaks the language of the settings where the terminal asks for none that Howdah speaks: its own word comes first. */
export const speakAsChosen = async (engine: Engine): Promise<void> => {
  const wanted = wantedBy(process.env)
  if (findLanguage(wanted)) return
  const { language } = await engine.call('settings.get', {})
  if (language !== 'system') speak(language, [...wanted, system()])
}
