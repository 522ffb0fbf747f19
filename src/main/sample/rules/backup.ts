/** Backups of the world: what an operator's dump of the database holds, and how the server stands once it is put back. */
import type { World } from './world.ts'

/** Copies a value with all that hangs on it; what is shared or leads back is so in the copy too. Functions and bytes are not copied. */
function copyOf(value: unknown, copies: Map<object, object>): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  const known = copies.get(value)
  if (known !== undefined) return known
  if (value instanceof Map) {
    const copy = new Map<unknown, unknown>()
    copies.set(value, copy)
    for (const [key, item] of value) copy.set(copyOf(key, copies), copyOf(item, copies))
    return copy
  }
  if (value instanceof Set) {
    const copy = new Set<unknown>()
    copies.set(value, copy)
    for (const item of value) copy.add(copyOf(item, copies))
    return copy
  }
  const copy: Record<string, unknown> = Array.isArray(value) ? Object([]) : Object.create(Object.getPrototypeOf(value))
  copies.set(value, copy)
  for (const [name, item] of Object.entries(value)) copy[name] = copyOf(item, copies)
  return copy
}

/** All of the world but what makes account and post ids: those are made of the time, so that none is given twice. */
function bodyOf(world: World): Record<string, unknown> {
  const { snowflakes, ...body } = world
  return Object(copyOf(body, new Map([[snowflakes, snowflakes]])))
}

/**
 * Takes a backup. What it answers puts the world back, as often as it is called: whatever came since is gone, its tokens too, and the next
 * rows take the serial ids that were given before (reports, blocks).
 */
export function takeBackup(world: World): () => void {
  const kept = bodyOf(world)
  return () => void Object.assign(world, copyOf(kept, new Map()))
}
