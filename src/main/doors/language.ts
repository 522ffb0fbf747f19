import type { Engine } from '../../shared/contract/index.ts'
import { connect } from '../../shared/contract/rpc.ts'
import { type Settings, settings } from '../../shared/contract/settings.ts'
import type { Wire } from '../../shared/contract/wires.ts'
import { findLanguage } from '../../shared/messages/languages.ts'
import { speak, speakLike } from '../../shared/messages/say.ts'
import { systemClock } from '../../shared/system-clock.ts'

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

// `Intl` says the same, but has to make a format for it first: some 15 ms of a start.
const wantedHere = () => [...wantedBy(process.env), navigator.language]

/** Speaks as the terminal asks, else as the system does. */
export const speakAsHere = (): Promise<void> => speakLike(wantedHere())

const speakOf = (language: Settings['language']) =>
  language === 'system' ? speakAsHere() : speak(language, wantedHere())

/** On the command line the terminal's own word comes first: the setting counts where it asks for no language that Howdah speaks. */
export const speakAsChosen = async (engine: Engine): Promise<void> => {
  if (findLanguage(wantedBy(process.env))) return
  await speakOf((await engine.call('settings.get', {})).language)
}

/** A door with a desk speaks as the desk does, from now on: its menu, its lines, the page that ends a sign-in. */
export const followSetting = (dial: () => Promise<Wire>): { close(): void } => {
  const engine = connect(settings, dial, { clock: systemClock })
  const read = () =>
    void engine.call('settings.get', {}).then(
      ({ language }) => speakOf(language),
      // The engine is on its way; when it is there again, this is read again.
      () => {},
    )
  engine.watch(['settings'], read)
  read()
  return { close: () => engine.close() }
}
