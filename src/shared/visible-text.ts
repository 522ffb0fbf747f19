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

const marked = (unseen: string): string =>
  `[U+${(unseen.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`

/** Makes a handle, domain or file name show what is in it: each unseen character as `[U+202E]`. Not for prose. */
export const visibleControls = (text: string): string => text.replace(UNSEEN, marked)

/** What turns or hides more than itself, or is there to hide; what prose is written with (joiners, blanks, marks of direction) is not. */
const LOUD = /(?![\t\n])\p{Cc}|[\u00AD\u200B\u202A-\u202E\u2060-\u2067\u206A-\u206F\uFEFF\u{E0000}-\u{E0FFF}]/gu
const [FIRST_STRONG_ISOLATE, POP_ISOLATE] = ['\u2068', '\u2069']

/** Whether every isolate that a text opens is closed in it: those that our own sentences make are. */
const isClosed = (text: string): boolean => {
  let depth = 0
  for (const char of text) {
    if (char === FIRST_STRONG_ISOLATE) depth += 1
    else if (char === POP_ISOLATE) depth -= 1
    if (depth < 0) return false
  }
  return depth === 0
}

/** A text that may stand within a sentence of ours: whatever would turn or hide the words around it is made visible. Prose stays itself. */
export const calm = (text: string): string => {
  const quiet = text.replace(LOUD, marked)
  return isClosed(quiet) ? quiet : quiet.replace(/[\u2068\u2069]/g, marked)
}
