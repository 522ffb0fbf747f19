import { z } from 'zod'
import { allKinds } from '../../src/main/engine/kinds.ts'
import type { DecisionKind } from '../../src/shared/contract/decisions.ts'
import { en } from '../../src/shared/messages/en.ts'
import { systemClock } from '../../src/shared/system-clock.ts'

/** What a field takes, as far as it matters what may go wrong with it. */
export type FieldType = 'text' | 'code' | 'codes' | 'flag' | 'number'
/** One field of one kind. */
export type KindField = {
  kind: DecisionKind
  name: string
  type: FieldType
  optional: boolean
  codes: readonly string[]
}

const inside = (schema: unknown): z.ZodType => {
  if (schema instanceof z.ZodPipe) return inside(schema.def.in)
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodExactOptional) return inside(schema.def.innerType)
  if (schema instanceof z.ZodType) return schema
  throw new Error('a schema that this test cannot read')
}

const typeOf = (schema: z.ZodType): FieldType => {
  if (schema instanceof z.ZodString) return 'text'
  if (schema instanceof z.ZodEnum) return 'code'
  if (schema instanceof z.ZodBoolean) return 'flag'
  if (schema instanceof z.ZodNumber) return 'number'
  if (schema instanceof z.ZodArray) return 'codes'
  throw new Error(`no case for a field of type ${schema.def.type}`)
}

/** Every field of every kind, read from what the kinds themselves say that they take. */
export const kindFields: readonly KindField[] = [...allKinds(systemClock).values()].flatMap(
  ({ kind, fields, codes }) => {
    const object = inside(fields)
    if (!(object instanceof z.ZodObject)) throw new Error(`${kind} takes no object`)
    return Object.entries(object.shape).map(([name, field]) => ({
      kind,
      name,
      type: typeOf(inside(field)),
      optional:
        field instanceof z.ZodExactOptional || (field instanceof z.ZodType && field.safeParse(undefined).success),
      codes,
    }))
  },
)

/** Whether a code has a sentence. */
export const isMessageCode = (code: string | undefined): boolean => code !== undefined && Object.hasOwn(en, code)
