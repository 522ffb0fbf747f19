import { readFileSync } from 'node:fs'
import { createServer, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import tls from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeBudget } from '../../src/main/engine/mastodon/budget.ts'
import { makeGuard } from '../../src/main/engine/mastodon/request.ts'
import { makeSession } from '../../src/main/engine/mastodon/session.ts'
import { sayFailure } from '../../src/shared/messages/say.ts'
import { systemClock } from '../../src/shared/system-clock.ts'
import { realFetch } from './ground.ts'

const file = (name: string) => readFileSync(`test/data/certificates/${name}`, 'utf8')
const before = tls.getCACertificates('default')
beforeAll(() => tls.setDefaultCACertificates([...before, file('ca.pem'), file('ca-rsa.pem')]))
afterAll(() => tls.setDefaultCACertificates(before))

/** What becomes of one write to a server of these options, and how many requests reached it. */
const ask = async (options: ServerOptions) => {
  let asked = 0
  const server = createServer(options, (_request, response) => {
    asked++
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  server.on('tlsClientError', () => {})
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port }: AddressInfo = Object(server.address())
  const origin = `https://127.0.0.1:${port}`
  const budget = makeBudget(systemClock, () => 0)
  const session = makeSession({ key: 's1', origin, ownNetwork: 'loopback', release: 406, token: 't', budget })
  const signal = new AbortController().signal
  const exchange = await makeGuard(realFetch, systemClock).exchange(
    session,
    { cls: 'decision', signal, timeoutMs: 10_000 },
    () => fetch(`${origin}/x`, { method: 'POST' }),
  )
  server.close()
  return { exchange, asked }
}

/** A server with that certificate; one that its own library would not let it show is shown all the same. */
const showing = (name: string, key = 'leaf.key'): ServerOptions => ({
  key: file(key),
  cert: file(`${name}.pem`),
  ciphers: 'DEFAULT:@SECLEVEL=0',
})

const bad: Record<string, [ServerOptions, string]> = {
  'has expired': [showing('expired'), 'failure.cert-expired'],
  'is not valid yet': [showing('too-new'), 'failure.cert-too-new'],
  'is of another name': [showing('other-name'), 'failure.cert-name'],
  'names it as its common name alone': [showing('no-name'), 'failure.cert-name'],
  'is of a name with a star that does not fit': [showing('wildcard'), 'failure.cert-name'],
  'signed itself': [showing('self-signed'), 'failure.cert-untrusted'],
  'was signed by nobody who is known': [showing('unknown'), 'failure.cert-untrusted'],
  'was signed by a server': [showing('by-leaf'), 'failure.cert-untrusted'],
  'was signed by an authority that has expired': [showing('old-authority'), 'failure.cert-expired'],
  'is for clients': [showing('client-only'), 'failure.cert-untrusted'],
  'demands what nobody knows': [showing('critical'), 'failure.cert-untrusted'],
  'was signed by SHA-1': [showing('sha1'), 'failure.cert-untrusted'],
  'has a key that is too short': [showing('weak', 'weak.key'), 'failure.cert-untrusted'],
}

test('a certificate that holds is taken', async () => {
  expect(await ask(showing('good'))).toMatchObject({ exchange: { fate: 'answered', status: 200 }, asked: 1 })
})

test.each(Object.entries(bad))(
  'a certificate that %s: nothing is sent, and its sentence says why',
  async (_name, [options, reason]) => {
    const { exchange, asked } = await ask(options)
    expect({ exchange, asked }).toMatchObject({
      exchange: { fate: 'not-sent', failure: { detail: { reason } } },
      asked: 0,
    })
    if (exchange.fate !== 'answered') expect(sayFailure(exchange.failure)).toMatch(/^[A-Z].{20,}\.$/)
  },
)

test('TLS that is too old is not spoken', async () => {
  const { exchange, asked } = await ask({ ...showing('good'), minVersion: 'TLSv1', maxVersion: 'TLSv1.1' })
  expect([exchange.fate, asked]).toEqual(['not-sent', 0])
})
