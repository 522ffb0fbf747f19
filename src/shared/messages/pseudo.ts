/** English in disguise: accented, 40 % longer, right to left. Who sees plain letters sees a sentence outside the catalogue. */
export const PSEUDO = 'en-XA'

const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const accented = [...'àƀçđéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÀƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ']
const RIGHT_TO_LEFT_MARK = '\u200f'

const disguise = (word: string): string => {
  const letters = [...word].map(letter => accented[plain.indexOf(letter)] ?? letter)
  const longer = letters.flatMap((letter, at) => (/[aeiou]/i.test(word.charAt(at)) ? [letter, letter] : [letter]))
  const missing = Math.max(0, Math.ceil(word.length * 1.4) - longer.length)
  return longer.join('') + (letters.at(-1) ?? '').repeat(missing)
}

/** A piece of a sentence between its values, in disguise. The marks at both ends set what stands there as in Arabic. */
export const disguised = (text: string): string =>
  /[a-z]/i.test(text) ? `${RIGHT_TO_LEFT_MARK}${text.replace(/[a-z]+/gi, disguise)}${RIGHT_TO_LEFT_MARK}` : text
