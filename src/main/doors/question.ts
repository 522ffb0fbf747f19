/** What the shell asks a person: `answers` are the buttons in their order, the first the one that Enter presses, `closed` what Escape means. */
export type Question<Answer extends string> = {
  type: 'question' | 'warning'
  message: string
  detail: string
  answers: readonly Answer[]
  labels: string[]
  closed: Answer
}
