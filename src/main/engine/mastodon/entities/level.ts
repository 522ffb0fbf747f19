/** More marks on one letter than any writing has (Unicode's stream-safe format): browsers take a minute for a hundred thousand. */
const MOST_MARKS = 30
/** More turns between right and left than any text has: browsers take seconds for tens of thousands. */
const MOST_TURNS = 2_000
/**
 * Letters that a word may have in writings whose letters join, stack or stand without blanks: a browser tries each place to break such a
 * word, takes seconds for tens of thousands of letters, and falls over at fifty thousand Arabic ones.
 */
const LONGEST_WORD = 250

/** Letters that join, stack or stand without blanks: from Hebrew to Myanmar, Khmer, Mongolian, Balinese, and what Unicode added later. */
const JOINED =
  '\\p{M}\\u0590-\\u109F\\u1780-\\u18AF\\u1900-\\u1BFF\\uA800-\\uAADF\\uFB1D-\\uFDFF\\uFE70-\\uFEFC\\u{10800}-\\u{11FFF}\\u{1E800}-\\u{1EFFF}'
/** Anything that has to be looked at letter by letter: such letters, their marks, and what turns the order. */
const UNEVEN = new RegExp(`[${JOINED}\\u200F\\u202A-\\u202E\\u2066-\\u2069]`, 'u')
/** What a line breaks at, or a letter of a writing that breaks easily: the word before it has ended. */
const ENDS_WORD = new RegExp(`^(?![${JOINED}])[\\s\\p{L}\\p{Extended_Pictographic}]|^[\\u0F0B\\u200B]`, 'u')
const MARK = /^\p{M}$/u
const FROM_RIGHT = /^[\u0590-\u08FF\u200F\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]$/u
const TURNING = /^[\u202A-\u202E\u2066-\u2069]$/u
const BLANK = /^\s$/u

/** Whether a text has nothing of which there could be too much: such a one stays as it is, in one piece or in several. */
export const isEven = (text: string): boolean => !UNEVEN.test(text)

/**
 * Takes the text of strangers piece by piece, as a page will draw it: of marks heaped on one letter only so many, a blank in a word
 * without end, and nothing after so many turns between right and left. `isFull`: something was left out for good; `endWord`: the next
 * piece stands on a line of its own.
 */
export const makeLeveller = () => {
  let [marks, turns, letters] = [0, 0, 0]
  let fromRight: boolean | null = null
  const turnTo = (right: boolean) => {
    if (fromRight !== null && fromRight !== right) turns += 1
    fromRight = right
  }
  const isFull = () => turns > MOST_TURNS
  return {
    isFull,
    endWord: () => {
      letters = 0
    },
    take: (text: string): string => {
      if (isEven(text)) {
        letters = 0
        if (text.trim() !== '') {
          marks = 0
          turnTo(false)
        }
        return isFull() ? '' : text
      }
      let taken = ''
      for (const char of text) {
        if (MARK.test(char)) {
          marks += 1
          if (marks > MOST_MARKS) continue
        } else if (TURNING.test(char)) turns += 1
        else if (!BLANK.test(char)) {
          marks = 0
          turnTo(FROM_RIGHT.test(char))
        }
        if (isFull()) break
        letters = ENDS_WORD.test(char) ? 0 : letters + 1
        if (letters > LONGEST_WORD && marks === 0) {
          taken += ' '
          letters = 1
        }
        taken += char
      }
      return taken
    },
  }
}

/** A whole text, levelled; a mark of omission stands where it was cut. */
export const levelled = (text: string): string => {
  if (text.length <= MOST_MARKS || isEven(text)) return text
  const leveller = makeLeveller()
  const taken = leveller.take(text)
  return leveller.isFull() ? `${taken}…` : taken
}
