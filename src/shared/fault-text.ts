/**
 * A mistake of our own as it may be written down: what it is called, its code, and where it happened. The words of an error are left out
 * unless they are ours: those of JavaScript and SQLite repeat what was read (`"…" is not valid JSON`, `fts5: syntax error near "…"`, an
 * address that is none), and that belongs to people.
 */
export const faultText = (error: unknown): string => {
  if (typeof error === 'string') return error
  if (!(error instanceof Error)) return typeof error
  const code =
    'code' in error && typeof error.code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(error.code) ? error.code : ''
  const { name, message, stack = '' } = error
  const isOurs = Object.getPrototypeOf(error) === Error.prototype && name === 'Error' && !('code' in error)
  // The words may be of several lines, and look like places: they are cut off whole.
  const at = stack.indexOf(message)
  const places = (message !== '' && at >= 0 ? stack.slice(at + message.length) : stack)
    .split('\n')
    .filter(line => /^ {4}at /.test(line))
  const said = isOurs && message !== '' ? `: ${message}` : code && ` (${code})`
  return [`${/^\w+$/.test(name) ? name : 'Error'}${said}`, ...places].join('\n')
}

/** The same in one line, for a sentence: without the places. */
export const faultLine = (error: unknown): string => faultText(error).split('\n')[0] ?? ''
