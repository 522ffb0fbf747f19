import type { Media } from '../../../../shared/contract/posts.ts'
import type { Settings } from '../../../../shared/contract/settings.ts'

/** How a piece stands before one's eyes, gentlest first. */
export type Step = 'veiled' | 'blurred' | 'grey' | 'colour'

/** What of the settings decides how media is shown. */
export type Eyes = Pick<Settings, 'media' | 'blur' | 'grey' | 'mute'>

/** The steps of a piece, each asked for by itself: colour is always the last, and sounds have nothing to blur. */
export const stepsOf = ({ blur, grey }: Pick<Eyes, 'blur' | 'grey'>, type: Media['type']): readonly Step[] => [
  'veiled',
  ...(blur && type !== 'audio' ? (['blurred'] as const) : []),
  ...(grey && type !== 'audio' ? (['grey'] as const) : []),
  'colour',
]

/** The step after this one, if there is one. `skip`: one that this piece cannot have. */
export const stepAfter = (steps: readonly Step[], step: Step, skip?: Step): Step | undefined =>
  steps.slice(steps.indexOf(step) + 1).find(each => each !== skip)
