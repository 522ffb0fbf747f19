/**
 * Characters that are not seen, or that turn what stands around them: controls, line and paragraph separators, bidi controls,
 * zero-width and filler characters, tags, blanks other than the space, and halves of characters.
 */
const UNSEEN = new RegExp(
  [
    '[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]',
    '[\\u00A0\\u1680\\u2000-\\u200A\\u202F\\u205F\\u2800\\u3000]',
    '[\\u115F\\u1160\\u3164\\uFFA0]',
    '[\\u034F\\u17B4\\u17B5]',
    '[\\u180B-\\u180F]',
    '[\\uFE00-\\uFE0F]',
    '[\\u{E0000}-\\u{E0FFF}]',
  ].join('|'),
  'gu',
)

/** Makes a handle, domain or file name show what is in it: each unseen character as `[U+202E]`. Not for prose. */
export const visibleControls = (text: string): string =>
  text.replace(UNSEEN, unseen => `[U+${(unseen.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`)
