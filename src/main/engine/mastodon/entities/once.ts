import { z } from 'zod'

/** An entity that is read once of one object: the items of lists share those that were told alike (`known.ts`), and what is read of them. */
export const once = <Output>(entity: z.ZodType<Output>) => {
  const read = new WeakMap<object, Output>()
  return z.transform((told: unknown, at): Output => {
    const isObject = typeof told === 'object' && told !== null
    const known = isObject ? read.get(told) : undefined
    if (known !== undefined) return known
    const { data, error } = entity.safeParse(told)
    if (data === undefined) {
      at.addIssue({ code: 'custom', message: error?.message ?? 'nothing' })
      return z.NEVER
    }
    if (isObject) read.set(told, data)
    return data
  })
}
