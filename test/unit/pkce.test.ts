import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { authorizeUrl, knownScopes, newState, newVerifier, scopesToAsk } from '../../src/main/engine/servers/pkce.ts'

test('state and verifier: 256 random bits each, never the same, in the letters that RFC 7636 allows', () => {
  const made = Array.from({ length: 1000 }, () => [newState(), newVerifier().verifier]).flat()
  expect(new Set(made).size).toBe(2000)
  for (const word of made) expect(word).toMatch(/^[A-Za-z0-9_-]{43}$/)
})

test('the challenge is the hash of the verifier (S256)', () => {
  const { verifier, challenge } = newVerifier()
  const hash = createHash('sha256').update(verifier, 'ascii').digest('base64')
  expect(challenge).toBe(hash.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''))
})

test('only scopes that the server knows are asked for, and the right to decide only when it is wanted', () => {
  expect(scopesToAsk(null, false)).toEqual(['read', 'admin:read'])
  expect(scopesToAsk(null, true)).toEqual(['read', 'admin:read', 'admin:write', 'write:reports'])
  expect(knownScopes(null)).toEqual(['read', 'admin:read', 'admin:write', 'write:reports'])
  expect(scopesToAsk(['read', 'write', 'admin:read', 'push'], true)).toEqual(['read', 'admin:read'])
  expect(scopesToAsk(['read', 'admin:read', 'admin:write'], false)).toEqual(['read', 'admin:read'])
  expect(scopesToAsk([], true)).toEqual([])
})

test('the address of the consent page keeps what the endpoint already says', () => {
  const asked = {
    clientId: 'a&b',
    redirectUri: 'http://127.0.0.1:1/callback',
    scopes: ['read', 'admin:read'],
    state: 's',
    challenge: 'c',
    forceLogin: false,
  }
  const url = new URL(authorizeUrl('https://lindenhof.example/oauth/authorize?lang=de', asked))
  expect(Object.fromEntries(url.searchParams)).toEqual({
    lang: 'de',
    response_type: 'code',
    client_id: 'a&b',
    redirect_uri: 'http://127.0.0.1:1/callback',
    scope: 'read admin:read',
    state: 's',
    code_challenge: 'c',
    code_challenge_method: 'S256',
  })
  const forced = new URL(authorizeUrl('https://lindenhof.example/oauth/authorize', { ...asked, forceLogin: true }))
  expect(forced.searchParams.get('force_login')).toBe('true')
})
