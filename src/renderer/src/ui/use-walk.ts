import { type Ref, useImperativeHandle, useRef, useState } from 'react'

/** What keys ask of a list: another row, the rows themselves, or what can be done with the current one. */
export type Walk = {
  step(by: number): void
  first(): void
  last(): void
  toRows(): void
  toActs(): void
  approve?(): void
  reject?(): void
}

type Held = { index: number; id: string | undefined }

/** A row that moved is looked for so far around its last place. */
const NEAR = 20

/** Where the row is now; null where it is gone. */
const placeOf = ({ index, id }: Held, idAt: (index: number) => string | undefined): number | null => {
  if (id === undefined || idAt(index) === id) return index
  const near = Array.from({ length: NEAR }, (_, away) => [index - away - 1, index + away + 1]).flat()
  return near.find(place => place >= 0 && idAt(place) === id) ?? null
}

/**
 * The current row of a list that is walked by key, which stays the same while rows come and go around it. `idAt`: which row stands at a
 * place, undefined while it is not read. `box` is the listbox, `acts` what holds the buttons of the current row; `verdicts` what keys do
 * with it at once.
 */
export const useWalk = (
  walk: Ref<Walk>,
  total: number,
  idAt: (index: number) => string | undefined,
  verdicts: Pick<Walk, 'approve' | 'reject'> = {},
) => {
  const box = useRef<HTMLDivElement>(null)
  const acts = useRef<HTMLDivElement>(null)
  const [held, setHeld] = useState<Held | null>(null)
  // It was gone to before it was read.
  if (held && held.id === undefined && idAt(held.index) !== undefined)
    setHeld({ index: held.index, id: idAt(held.index) })
  const current = held && placeOf(held, idAt)
  const toRows = () => box.current?.focus()
  const goAt = (index: number) => {
    if (total === 0) return
    const next = Math.max(0, Math.min(total - 1, index))
    setHeld({ index: next, id: idAt(next) })
    toRows()
  }
  // In the place of a row that is gone stands the one after it.
  const from = (by: number) => current ?? (held === null ? -1 : by > 0 ? held.index - 1 : held.index)
  useImperativeHandle(walk, () => ({
    step: by => goAt(from(by) + by),
    first: () => goAt(0),
    last: () => goAt(total - 1),
    toRows,
    toActs: () => acts.current?.querySelector<HTMLElement>('button:not([aria-disabled="true"])')?.focus(),
    ...verdicts,
  }))
  return { current, goAt, toRows, box, acts }
}
