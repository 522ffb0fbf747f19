/** Differences of the releases that need a server of their own: page sizes, throttles, limited federation. */
import { expect, test } from 'vitest'
import { releaseOf } from '../../src/main/sample/releases/release.ts'
import { converse } from './converse.ts'

test('500 domain blocks fit a page from 4.3', async () => {
  for (const [release, wanted] of [
    ['4.2.0', 200],
    ['4.3.0', 300],
  ] as const) {
    const sample = await converse({ release })
    const { domainBlocks } = sample.server.world
    const empty = {
      rejectMedia: false,
      rejectReports: false,
      obfuscate: false,
      privateComment: null,
      publicComment: null,
    }
    for (let n = domainBlocks.size; n < 300; n += 1) {
      domainBlocks.add({
        id: domainBlocks.serials.next(),
        domain: `n${n}.example`,
        createdAt: 0,
        severity: 'noop',
        ...empty,
      })
    }
    expect((await sample.get('/api/v1/admin/domain_blocks?limit=1000')).body).toHaveLength(wanted)
    await sample.close()
  }
})

test('limits a user and a token: 300 for all of 4.0, 1500 and 300 later', async () => {
  for (const [release, remaining] of [
    ['4.0.0', '299'],
    ['4.3.0', '299'],
  ] as const) {
    const sample = await converse({ release, throttles: true })
    const reply = await sample.get('/api/v1/instance/rules')
    // Before 4.3 this machine was exempt.
    expect(reply.headers.get('x-ratelimit-remaining')).toBe(release === '4.0.0' ? null : remaining)
    await sample.close()
  }
})

test('limited federation: everything needs a token, but for the instance from 4.4', async () => {
  for (const [release, instance] of [
    ['4.3.23', 401],
    ['4.4.0', 200],
  ] as const) {
    const sample = await converse({ release, as: null })
    sample.server.world.instance.limitedFederation = true
    expect((await sample.get('/api/v2/instance')).status).toBe(instance)
    expect((await sample.get('/api/v1/instance/rules')).body).toEqual({
      error: 'This method requires an authenticated user',
    })
    expect((await sample.get('/api/v1/instance/rules', { as: 'member' })).status).toBe(200)
    await sample.close()
  }
})

test('a version of a fork is its own number; others are refused', () => {
  expect(releaseOf('4.6.5+glitch').has('4.6.5')).toBe(true)
  expect(() => releaseOf('3.5.0')).toThrow(RangeError)
  expect(() => releaseOf('4.7.0')).toThrow(RangeError)
  expect(() => releaseOf('newest')).toThrow(RangeError)
})

test('a list of redirect addresses is read from 4.3; before it was as if nothing had been sent', async () => {
  for (const [release, wanted] of [
    ['4.2.0', 422],
    ['4.3.0', 200],
  ] as const) {
    const sample = await converse({ release, as: null })
    const json = { client_name: 'a', redirect_uris: ['http://127.0.0.1/callback'] }
    expect((await sample.post('/api/v1/apps', { json })).status).toBe(wanted)
    await sample.close()
  }
})

test('4.0 does not notice that a block was lowered', async () => {
  for (const [release, silenced] of [
    ['4.0.0', true],
    ['4.1.0', false],
  ] as const) {
    const sample = await converse({ release, jobDelay: 0 })
    const json = { domain: 'harbour.example', severity: 'silence' }
    const block = await sample.post('/api/v1/admin/domain_blocks', { json })
    sample.clock.advance(1)
    await sample.put(`/api/v1/admin/domain_blocks/${block.body.id}`, { json: { severity: 'noop' } })
    sample.clock.advance(1)
    const account = await sample.get(`/api/v1/admin/accounts/${sample.id('ivan@harbour.example')}`)
    expect(account.body.silenced).toBe(silenced)
    await sample.close()
  }
})
