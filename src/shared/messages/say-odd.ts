import type { Lookalike } from '../contract/lookalikes.ts'
import { visibleControls } from '../visible-text.ts'
import { locale, say } from './say.ts'

/** `Latin and Cyrillic`, of `Latn` and `Cyrl`. */
const scriptWords = (codes: readonly string[]): string => {
  const names = new Intl.DisplayNames(locale(), { type: 'script' })
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(codes.map(code => names.of(code) ?? code))
}

/** What is odd about a domain, as a sentence or two. Who draws many of them gives names of scripts that are not made anew each time. */
export const sayOdd = ({ like, scripts }: Lookalike, named = scriptWords): string =>
  [
    ...(like ? [say(`odd.${like.why}`, { domain: visibleControls(like.domain) })] : []),
    ...(scripts.length > 0 ? [say('odd.scripts', { scripts: named(scripts) })] : []),
  ].join(' ')
