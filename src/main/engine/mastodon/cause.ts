import { Failure } from '../../../shared/contract/failure.ts'
import { domainText } from '../../../shared/domain-name.ts'
import { isHeldBack } from './reach.ts'

/** Codes of Node's fetch for what failed before the request's first byte could leave: connecting, and the certificate. */
const BEFORE_SENDING =
  /^(UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_CERT_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*|INVALID_(PURPOSE|CA)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|UNSPECIFIED)$/
/** A line that stood can lose its route too, with the same code as one that never came to be: so these steps are named. */
const CONNECTING = /^(connect|getaddrinfo|queryA|queryAaaa|bind)$/

/** What made a request fail: a code of the system, and whether it was before any byte left. */
export type Cause = { code: string; before: boolean }

/** Finds the cause of what fetch threw. */
export const causeOf = (error: unknown): Cause => {
  if (isHeldBack(error)) return { code: '', before: true }
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof AggregateError && at.errors.length > 0) {
      const causes = at.errors.map(causeOf)
      return { code: causes[0]?.code ?? '', before: causes.every(cause => cause.before) }
    }
    if (!('code' in at) || typeof at.code !== 'string') continue
    const step = 'syscall' in at && typeof at.syscall === 'string' ? at.syscall : ''
    return { code: at.code, before: BEFORE_SENDING.test(at.code) || CONNECTING.test(step) }
  }
  return { code: '', before: false }
}

/** Causes that have a sentence of their own, because a person can do something about them. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/^(CERT_HAS_EXPIRED|ERR_TLS_CERT_EXPIRED)$/, 'failure.cert-expired'],
  [/^CERT_NOT_YET_VALID$/, 'failure.cert-too-new'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'failure.cert-name'],
  [
    /^(CERT_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*|INVALID_(PURPOSE|CA)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|UNSPECIFIED)$/,
    'failure.cert-untrusted',
  ],
  [/^(ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|EPROTO)$/, 'failure.no-tls'],
  [/^(ENOTFOUND|EAI_NODATA)$/, 'failure.no-such-name'],
  [/^EAI_AGAIN$/, 'failure.no-names'],
]

/** The failure of a request to a host that no answer came to, with its finer reason where there is one. */
export const offline = ({ code }: Cause, host: string): Failure => {
  const reason = reasons.find(([shape]) => shape.test(code))?.[1]
  return new Failure('offline', { code: code || 'cut', host: domainText(host), ...(reason ? { reason } : {}) })
}

/** The failure of a request to a server that was led elsewhere: to another name, or from https to http. */
export const ledAway = (from: URL, to: URL | null): Failure => {
  const there = to?.host === from.host ? to.origin : to?.host
  return new Failure('upstream', {
    reason: 'failure.redirect',
    host: domainText(from.host),
    ...(there ? { to: domainText(there) } : {}),
  })
}
