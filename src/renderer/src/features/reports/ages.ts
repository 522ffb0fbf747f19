import { say } from '../../../../shared/messages/say.ts'
import { span } from '../../ui/format.ts'
import type { Chosen } from './queue.ts'

type Age = Chosen['age']

const hour = 3_600_000
const day = 24 * hour

/** How long ago, as one chooses it: at least so long, or less. */
const ages: readonly Age[] = [
  { least: null, below: hour },
  { least: null, below: day },
  { least: null, below: 7 * day },
  { least: day, below: null },
  { least: 3 * day, below: null },
  { least: 7 * day, below: null },
  { least: 30 * day, below: null },
]

/** An age as the value of a choice; empty for any. */
export const ageValue = ({ least, below }: Age) =>
  least === null && below === null ? '' : `${least ?? ''}-${below ?? ''}`

export const agesOf = (value: string): Age => ages.find(age => ageValue(age) === value) ?? { least: null, below: null }

/** `less than 1 hour`, `3 days and more` */
export const ageWords = ({ least, below }: Age) =>
  below === null ? say('filter.age-least', { span: span(least ?? 0) }) : say('filter.age-below', { span: span(below) })

export const ageOptions = () => ages.map(age => ({ value: ageValue(age), says: ageWords(age) }))
