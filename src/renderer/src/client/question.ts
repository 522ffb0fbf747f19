import type { z } from 'zod'
import type { contract } from '../../../shared/contract/index.ts'

type Methods = typeof contract
/** What can be asked and kept fresh, by name. */
export type Query = { [K in keyof Methods]: Methods[K]['kind'] extends 'query' ? K : never }[keyof Methods]
export type Input<K extends keyof Methods> = z.input<Methods[K]['input']>
export type Output<K extends keyof Methods> = z.output<Methods[K]['output']>
