import { z } from 'zod'

type Reads<Item> = { safeParse(item: unknown): { data?: Item } }

/** A list of at most so many items, without those that cannot be read; none where it is no list. One odd item takes no other with it. */
export const some = <Item>(entity: Reads<Item>, most: number) =>
  z.transform((told: unknown): Item[] =>
    Array.isArray(told) ? told.slice(0, most).flatMap(item => entity.safeParse(item).data ?? []) : [],
  )
