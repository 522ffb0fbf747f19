/** A sample server and the questions tests ask it. Every answer is checked against its schema as it comes. */
import { expect } from 'vitest'
import { type Clock, createClock } from '../../src/main/sample/clock.ts'
import type { SampleOptions } from '../../src/main/sample/options.ts'
import { smallWorld } from '../../src/main/sample/rules/small-world.ts'
import { type SampleServer, startSampleServer } from '../../src/main/sample/server.ts'
import { schemaErrors } from './schemas.ts'

/** The moment tests begin at; their clock moves only when told. */
export const noon = Date.UTC(2026, 10, 23, 12)

/** An answer: `body` is parsed JSON, or the text where it is none. */
// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely, after their schema has been checked
export type Reply = { readonly status: number; readonly headers: Headers; readonly body: any }

type Asked = {
  /** Bearer token: a caller's name, another token, or null for none. Default: the conversation's. */
  readonly as?: string | null
  readonly json?: unknown
  readonly form?: Readonly<Record<string, string>> | string
  readonly headers?: Readonly<Record<string, string>>
}

export type Conversation = {
  readonly server: SampleServer
  readonly clock: Clock
  readonly get: (path: string, asked?: Asked) => Promise<Reply>
  readonly post: (path: string, asked?: Asked) => Promise<Reply>
  readonly put: (path: string, asked?: Asked) => Promise<Reply>
  readonly delete: (path: string, asked?: Asked) => Promise<Reply>
  readonly ask: (method: string, path: string, asked?: Asked) => Promise<Reply>
  /** A token with just these scopes, for an account of the world. */
  readonly token: (username: string, ...scopes: string[]) => string
  /** Id of an account by its handle. */
  readonly id: (handle: string) => string
  readonly close: () => Promise<void>
}

/** Starts a server with the small world, a standing clock and jobs that wait for it; `as` is who asks by default. */
export async function converse(options: SampleOptions & { readonly as?: string | null } = {}): Promise<Conversation> {
  const { as: usual = 'owner', ...more } = options
  const clock = createClock(noon, { running: false })
  const world = more.stateFile === undefined && more.seed === undefined ? { world: smallWorld(noon) } : {}
  const server = await startSampleServer({ clock, throttles: false, control: 'control', ...world, ...more })
  const release = more.release ?? '4.6.5'
  let tokens = 0

  const ask: Conversation['ask'] = async (method, path, asked = {}) => {
    const as = asked.as === undefined ? usual : asked.as
    const headers: Record<string, string> = {
      accept: 'application/json',
      ...(as === null ? {} : { authorization: `Bearer ${as}` }),
      ...asked.headers,
    }
    let body: string | undefined
    if (asked.json !== undefined) {
      body = JSON.stringify(asked.json)
      headers['content-type'] = 'application/json'
    } else if (asked.form !== undefined) {
      body = typeof asked.form === 'string' ? asked.form : new URLSearchParams(asked.form).toString()
      headers['content-type'] = 'application/x-www-form-urlencoded'
    }
    const answer = await fetch(server.url + path, {
      method,
      headers,
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
    })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json') === true && text !== ''
    const parsed: unknown = isJson ? JSON.parse(text) : text
    if (isJson) expect(schemaErrors(release, method, path.split('?')[0] ?? '', answer.status, parsed)).toEqual([])
    return { status: answer.status, headers: answer.headers, body: parsed }
  }

  const id: Conversation['id'] = handle => {
    const account = server.world.accountsByHandle.get(handle)
    if (account === undefined) throw new Error(`nobody is called ${handle}`)
    return account.id
  }
  return {
    server,
    clock,
    ask,
    get: (path, asked) => ask('GET', path, asked),
    post: (path, asked) => ask('POST', path, asked),
    put: (path, asked) => ask('PUT', path, asked),
    delete: (path, asked) => ask('DELETE', path, asked),
    token: (username, ...scopes) => {
      tokens += 1
      const token = `token-${tokens}`
      const appId = server.world.apps.all()[0]?.id ?? '1'
      server.world.tokens.set(token, {
        id: `t${tokens}`,
        token,
        appId,
        accountId: id(username),
        scopes,
        createdAt: clock.now(),
        revokedAt: null,
      })
      return token
    },
    id,
    close: async () => {
      await server.close()
      expect(server.traces.failures).toEqual([])
    },
  }
}
