/** What copying brings along: brackets and quotation marks around an address, and the end of the sentence that it stood in. */
const BEFORE = /^[\s\p{Cf}<("'“”„‚‘’«»‹›]+/u
const AFTER = /[\s\p{Cf}>)"'“”„‚‘’«»‹›,;.!]+$/u
const HANDLE = /^@[^@\s/:]+@([^@\s/]+)$/
/** A handle without its first `@`, or an e-mail address: they look alike, and the domain of an e-mail is seldom a server's. */
const MAYBE_MAIL = /^(?:acct:|mailto:)?@?[^@\s/:]+@([^@\s/:]+)$/i
const SCHEME = /^[a-z][a-z0-9+.-]*:/i
/** `lindenhof.example:3000` has no scheme. */
const NAME_AND_PORT = /^[^/]*:\d+$/

/**
 * What a person typed or pasted as the address of a server (a name, `https://name/@me` from an address bar, the handle `@me@name`) as a
 * URL that is still to be parsed; or what may be an e-mail address, and the host in it.
 */
export const readAddress = (typed: string): { url: string } | { wrong: 'handle'; host: string } => {
  const bare = typed.replace(BEFORE, '').replace(AFTER, '')
  const text = HANDLE.exec(bare)?.[1] ?? bare
  const host = MAYBE_MAIL.exec(text)?.[1]
  if (host !== undefined) return { wrong: 'handle', host }
  return { url: SCHEME.test(text) && !NAME_AND_PORT.test(text) ? text : `https://${text}` }
}
