import { expect, test } from 'vitest'
import { readDomain, understand } from '../../src/main/engine/finder/understand.ts'

const handle = (username: string, domain: string | null, host: string | null = null) => ({
  as: 'handle',
  handle: { username, domain },
  host,
  account: null,
})

test('handles, as people write and paste them', () => {
  expect(understand('@ada')).toEqual(handle('ada', null))
  expect(understand(' @ada@Weide.example ')).toEqual(handle('ada', 'weide.example'))
  expect(understand('ada@weide.example')).toEqual(handle('ada', 'weide.example'))
  expect(understand('acct:a.d-a_1@weide.example')).toEqual(handle('a.d-a_1', 'weide.example'))
  expect(understand('@ada@bücher.example')).toEqual(handle('ada', 'xn--bcher-kva.example'))
  expect(understand('ada')).toEqual({ as: 'name', name: 'ada' })
  expect(understand('@ada@nowhere')).toEqual({ as: 'name', name: '@ada@nowhere' })
})

test('addresses of profiles, in the words of Mastodon and of others', () => {
  for (const url of [
    'https://weide.example/@ada',
    'https://weide.example/users/ada',
    'https://weide.example/u/ada/',
    'https://weide.example/web/@ada',
  ])
    expect([url, understand(url)]).toEqual([url, handle('ada', null, 'weide.example')])
  // Someone else's profile as it looks on one's own server.
  expect(understand('https://lantern.example/@ada@weide.example')).toEqual(handle('ada', 'weide.example'))
  expect(understand('https://lantern.example/admin/accounts/110?tab=1')).toEqual({
    as: 'handle',
    handle: { username: '', domain: null },
    host: 'lantern.example',
    account: '110',
  })
})

test('addresses of posts, with both ways in which Mastodon writes them', () => {
  expect(understand('https://weide.example/@ada/1129#note')).toEqual({
    as: 'post',
    addresses: ['https://weide.example/@ada/1129', 'https://weide.example/users/ada/statuses/1129'],
    host: 'weide.example',
    id: '1129',
    author: { username: 'ada', domain: null },
  })
  expect(understand('https://weide.example/users/ada/statuses/1129/activity')).toMatchObject({ as: 'post', id: '1129' })
  expect(understand('https://lantern.example/deck/@ada@weide.example/7')).toMatchObject({
    as: 'post',
    id: '7',
    author: { username: 'ada', domain: 'weide.example' },
  })
  expect(understand('https://cabin.example/notes/9abc')).toEqual({
    as: 'post',
    addresses: ['https://cabin.example/notes/9abc'],
    host: 'cabin.example',
    id: '',
    author: null,
  })
})

test('pages of the web admin', () => {
  expect(understand('https://lantern.example/admin/reports/17')).toEqual({
    as: 'report',
    host: 'lantern.example',
    id: '17',
  })
  expect(understand('https://lantern.example/admin/instances/bad.example')).toEqual({
    as: 'domain',
    domain: 'bad.example',
  })
})

test('domains, and what only looks like one', () => {
  expect(understand('bad.example')).toEqual({ as: 'domain', domain: 'bad.example' })
  expect(understand('BAD.Example.')).toEqual({ as: 'domain', domain: 'bad.example' })
  expect(understand('bücher.example')).toEqual({ as: 'domain', domain: 'xn--bcher-kva.example' })
  expect(understand('https://bad.example/')).toEqual({ as: 'domain', domain: 'bad.example' })
  expect(understand('http://bad.example:8080')).toEqual({ as: 'domain', domain: 'bad.example' })
  for (const no of [
    'bad',
    '127.0.0.1',
    '1.2',
    'bad..example',
    'two words.example',
    '',
    'a.b.c.4',
    `${'a'.repeat(64)}.example`,
  ])
    expect([no, readDomain(no)]).toEqual([no, undefined])
  for (const text of ['https://', 'ftp://bad.example', 'https://[::1]/x', 'javascript:alert(1)', 'two words'])
    expect([text, understand(text).as]).toEqual([text, 'name'])
})
