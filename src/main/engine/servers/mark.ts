/** What tells a server from the others at a glance. */
export type Mark = { letters: string; colour: number }

const COLOURS = 8
const capital = (letters: string) => letters.charAt(0).toUpperCase() + letters.slice(1)

/** Two letters of the server's name that no other server has taken, the first ones where possible, and the colour least in use. */
export const chooseMark = (domain: string, taken: readonly Mark[]): Mark => {
  const letters = [...domain.replace(/^xn--/, '').replace(/[^a-z0-9]/g, '')]
  const first = letters[0] ?? 'x'
  const pairs = [
    ...letters.slice(1).map(second => first + second),
    ...[...'abcdefghijklmnopqrstuvwxyz0123456789'].map(second => first + second),
  ]
  const free = pairs.map(capital).find(pair => !taken.some(mark => mark.letters === pair))
  const uses = Array.from({ length: COLOURS }, (_, index) => taken.filter(mark => mark.colour === index + 1).length)
  return { letters: free ?? capital(first + first), colour: uses.indexOf(Math.min(...uses)) + 1 }
}
