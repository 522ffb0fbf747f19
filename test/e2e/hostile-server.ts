import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Right-to-left override, an isolate that is never closed, a blank of no width, letters of the tag block, and marks heaped on a letter. */
const LOUD = '\u202e\u2066\u200b\u{e0041}\u{e0042}'
const HEAP = `z${'\u0301\u0316\u0343\u0330'.repeat(40)}`

/** What strangers choose, by its name in the API, and what it becomes. */
const worse: Readonly<Record<string, (text: string) => string>> = {
  display_name: text => `${HEAP}${LOUD}${text}`,
  title: text => `${LOUD}${text}`,
  name: text => `${text}${LOUD}`,
  comment: text => `${text}${LOUD}${HEAP}`,
  public_comment: text => `${text}${LOUD}`,
  private_comment: text => `${LOUD}${text}`,
  invite_request: text => `${LOUD}${text}`,
  spoiler_text: text => `${text}${LOUD}`,
  description: text => `${LOUD}${text}`,
  content: text => text.replace('<p>', `<p>${LOUD}${HEAP} `),
  note: text => text.replace('<p>', `<p>${HEAP}${LOUD}`),
}

type Options = { domains: Readonly<Record<string, string>> }

const turn = (value: unknown, options: Options, under = ''): unknown => {
  if (Array.isArray(value)) return value.map(one => turn(one, options, under))
  if (typeof value === 'string') {
    const renamed = Object.entries(options.domains).reduce((text, [from, to]) => text.replaceAll(from, to), value)
    return renamed === '' ? '' : (worse[under]?.(renamed) ?? renamed)
  }
  if (typeof value !== 'object' || value === null) return value
  const { domain } = value as { domain?: unknown }
  const made = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, turn(one, options, name)]))
  // A remote account's own name too: no Mastodon lets it pass, but not every server is what it says.
  if (typeof domain === 'string' && typeof made.username === 'string') made.username = `${made.username}${LOUD}`
  return made
}

/**
 * A server before another one, which makes every name and text that strangers choose as misleading as it can be. `domains`: which
 * names of servers become which.
 */
export const startHostile = async (origin: string, domains: Options['domains']) => {
  const server = createServer((asked, answered) => {
    const through = request(
      `${origin}${asked.url ?? '/'}`,
      { method: asked.method, headers: asked.headers },
      answer => {
        const { statusCode = 500, headers } = answer
        const isJson = String(headers['content-type']).includes('json')
        if (!isJson) {
          answered.writeHead(statusCode, headers)
          answer.pipe(answered)
          return
        }
        const chunks: Buffer[] = []
        answer.on('data', chunk => chunks.push(chunk))
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8').replaceAll(origin, url)
          const body = Buffer.from(JSON.stringify(turn(JSON.parse(text === '' ? 'null' : text), { domains })))
          const { 'content-length': _length, 'transfer-encoding': _encoding, link, ...kept } = headers
          answered.writeHead(statusCode, {
            ...kept,
            ...(link ? { link: String(link).replaceAll(origin, url) } : {}),
            'content-length': body.length,
          })
          answered.end(body)
        })
      },
    )
    through.on('error', () => answered.destroy())
    asked.pipe(through)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
