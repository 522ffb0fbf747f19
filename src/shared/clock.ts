/** Time as a parameter, so that tests own it. Milliseconds since the Unix epoch; `after` returns its own cancel. */
export type Clock = {
  now(): number
  after(ms: number, run: () => void): () => void
}
