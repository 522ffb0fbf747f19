import { Failure } from '../../../shared/contract/failure.ts'
import { originOf } from '../mastodon/session.ts'

/** A host that names no place in the public net: only a server that is itself such a one may have its media there. */
const isLocal = (url: URL) => {
  // A dot at the end changes nothing about where a name leads.
  const hostname = url.hostname.replace(/\.+$/, '')
  return (
    /^[\d.]+$|^\[/.test(hostname) ||
    !hostname.includes('.') ||
    /\.(local|localhost|internal|lan|home\.arpa)$/.test(hostname)
  )
}

const otherHost = (host: string) => new Failure('not-allowed', { reason: 'failure.media-other-host', host })

/**
 * The origins that a piece may be fetched from: the server's own, and the agreed one where the piece lies there. `remote` is where its
 * author's server has it: that one is never asked, whatever it is called. Fails with `not-allowed` and a reason.
 */
export const originsFor = (
  address: string,
  remote: string | null | undefined,
  home: string,
  agreed: string | undefined,
): readonly string[] => {
  const url = URL.parse(address)
  if (!url) throw new Failure('not-found', { reason: 'failure.media-gone' })
  if (url.origin === home) return [home]
  if (url.username !== '' || url.host === URL.parse(remote ?? '')?.host) throw otherHost(url.host)
  if (isLocal(url) && !isLocal(new URL(home))) throw otherHost(url.host)
  // https only, or this computer.
  const origin = originOf(url.origin)
  if (agreed === undefined) throw new Failure('not-allowed', { reason: 'failure.media-host', host: url.host, origin })
  if (agreed !== origin) throw otherHost(url.host)
  return [home, origin]
}
