/**
 * The address that may be handed to the system's browser, built anew from its parts; nothing for all else.
 * SECURITY: http and https only (other schemes start programs), no user name in it (it imitates another host), no control characters.
 */
export const externalLink = (given: unknown): string | null => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (typeof given !== 'string' || given.length > 2048 || /[\u0000-\u0020\u007f-\u009f\\]/.test(given)) return null
  const url = URL.parse(given)
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') return null
  return url.username === '' && url.password === '' ? url.href : null
}
