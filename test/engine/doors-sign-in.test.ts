import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { runCommand } from '../../src/main/doors/cli/run.ts'
import { type SampleServer, startSampleServer } from '../../src/main/sample/server.ts'

/** The built engine, as in `doors-cli.test.ts`. */
const enginePath = resolve('out/main/engine.js')
let sample: SampleServer
let folder = ''
beforeAll(async () => {
  if (!existsSync(enginePath)) throw new Error('out/ is missing: run "npm run build" first')
  sample = await startSampleServer({ colleagues: false, reports: 5, accounts: 50 })
})
afterAll(() => sample.close())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'howdah-cli-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Starts a command: what it prints as it prints it, where one may type, and its exit code. */
const start = (line: string) => {
  const said = { out: '', note: '' }
  let heard = () => {}
  const print = {
    out: (text: string) => {
      said.out += text
    },
    note: (text: string) => {
      said.note += text
      heard()
    },
    columns: undefined,
  }
  const stdin = new PassThrough()
  const argv = [...line.split(' '), '--data', folder]
  const code = runCommand({ argv, print, stdin, enginePath, root: resolve('.'), version: '0' })
  /** The address that a person is asked to open. */
  const address = new Promise<string>((resolve, reject) => {
    heard = () => {
      const found = /http:\S+\/oauth\/authorize\S+/.exec(said.note)?.[0]
      if (found !== undefined) resolve(found)
    }
    void code.then(() => reject(new Error(`ended: ${said.note}`)))
  })
  address.catch(() => {})
  return { said, stdin, code, address }
}

/** A person's browser: agrees or not, and follows the server's redirect. */
const consent = (authorizeUrl: string, decision: string) => {
  const url = new URL(authorizeUrl)
  const body = new URLSearchParams([...url.searchParams, ['as', 'moderator'], ['decision', decision]])
  return fetch(`${url.origin}${url.pathname}`, { method: 'POST', body })
}

test('howdah signin through the browser, and out again with proof', async () => {
  const signIn = start(`signin --server ${sample.url} --no-open`)
  const page = await consent(await signIn.address, 'authorize')
  expect([page.status, new URL(page.url).hostname, new URL(page.url).pathname]).toEqual([200, '127.0.0.1', '/callback'])
  expect(await page.text()).toContain('You can close this tab')
  expect(await signIn.code).toBe(0)
  expect(signIn.said.out).toMatch(/^Signed in to \S+ as @\w+ \(.+\)\.\n$/)
  await expect(fetch(page.url), 'the listener is gone').rejects.toThrow()

  const listed = start('servers --json')
  expect(await listed.code).toBe(0)
  expect(JSON.parse(listed.said.out)).toMatchObject([{ signedIn: true, tokenFrom: 'browser', notRevoked: false }])
  const out = start(`signout --server ${sample.url}`)
  expect(await out.code).toBe(0)
  expect(out.said.out).toContain('confirmed that the token is revoked')
  const asked = start('doctor')
  expect(await asked.code).toBe(1)
  expect(asked.said.out).toContain('you signed out there, or it no longer accepts the sign-in. Sign in again: howdah')

  // One that the server does not prove dead is told by whatever is asked, until it is.
  const again = start(`signin --server ${sample.url} --no-open`)
  await consent(await again.address, 'authorize')
  expect(await again.code).toBe(0)
  sample.faults.add({ kind: 'status', status: 503 }, { method: 'POST', path: /revoke$/, times: 99 })
  const unproved = start(`signout --server ${sample.url}`)
  expect(await unproved.code).toBe(0)
  expect(unproved.said.out).toContain(`or revoke it there: ${sample.url}/oauth/authorized_applications`)
  const states = start('servers')
  await states.code
  expect(states.said.out).toContain('signed out, token not revoked')
  const flagged = start('doctor')
  expect(await flagged.code).toBe(1)
  expect(flagged.said.out).toContain('is not revoked, as far as is known. Howdah tries again whenever it runs')
  sample.faults.clear()
})

test('a no on the server, and a code that is missing, end with a sentence and 1; a copied code signs in', async () => {
  const denied = start(`signin --server ${sample.url} --no-open`)
  const page = await consent(await denied.address, 'deny')
  expect([page.status, (await page.text()).includes('You said no')]).toEqual([400, true])
  expect(await denied.code).toBe(1)
  expect([denied.said.out, denied.said.note.includes('You said no')]).toEqual(['', true])

  const without = start(`signin --server ${sample.url} --oob --no-open`)
  await without.address
  without.stdin.end('\n')
  expect(await without.code).toBe(1)
  expect(without.said.note).toContain('no code')

  const copied = start(`signin --server ${sample.url} --oob --no-open --json`)
  const code = /<code>([^<]+)<\/code>/.exec(await (await consent(await copied.address, 'authorize')).text())?.[1]
  copied.stdin.end(`${code}\n`)
  expect(await copied.code).toBe(0)
  expect(JSON.parse(copied.said.out)).toMatchObject({ signedIn: true, tokenFrom: 'browser' })
})
