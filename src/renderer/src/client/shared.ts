const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/**
 * A newer answer, in which every part that equals the older one is the older one: what did not change is then not drawn again. For
 * what comes over the wire: lists, plain objects, texts and numbers.
 */
export const shared = <T>(older: unknown, newer: T): T => {
  if (Object.is(older, newer)) return newer
  if (Array.isArray(newer) && Array.isArray(older)) {
    const parts = newer.map((part, index) => shared(older[index], part))
    return (parts.length === older.length && parts.every((part, index) => part === older[index]) ? older : parts) as T
  }
  if (!isPlain(newer) || !isPlain(older)) return newer
  const keys = Object.keys(newer)
  const parts = Object.fromEntries(keys.map(key => [key, shared(older[key], newer[key])]))
  const same = Object.keys(older).length === keys.length && keys.every(key => key in older && parts[key] === older[key])
  return (same ? older : parts) as T
}
