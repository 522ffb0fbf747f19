/** Reads what a client sends, as Rails does: query, body (JSON, form, multipart) and path in one map; `a[]=`, `a[b]=` are lists and maps. */

/** All parameters of a request. Values are as sent: text from queries and forms, anything from JSON. */
export type Params = Record<string, unknown>

/** The body was no JSON though it said so: 400. */
export class UnreadableBody extends Error {}

function put(params: Params, name: string, value: unknown): void {
  const [, first = name, rest = ''] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? []
  const keys = [first, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(match => match[1] ?? '')]
  // These would reach the prototype of all objects.
  if (keys.some(key => key === '__proto__' || key === 'constructor' || key === 'prototype')) return
  let target = params
  keys.forEach((key, index) => {
    const next = keys[index + 1]
    if (key === '') return
    if (next === undefined) target[key] = value
    else if (next === '') {
      const list = target[key]
      if (Array.isArray(list)) list.push(value)
      else target[key] = [value]
    } else {
      const known = target[key]
      const inner: Params = isMap(known) ? known : {}
      target[key] = inner
      target = inner
    }
  })
}

function isMap(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Parameters of a query or a form. */
export function parseForm(entries: Iterable<[string, unknown]>): Params {
  const params: Params = {}
  for (const [name, value] of entries) if (name !== '') put(params, name, value)
  return params
}

/** Parameters of a body, by its content type. Throws UnreadableBody. */
export async function parseBody(request: Request): Promise<Params> {
  const type = request.headers.get('content-type') ?? ''
  if (type.includes('json')) {
    const text = await request.text()
    if (text === '') return {}
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      throw new UnreadableBody()
    }
    return isMap(value) ? value : { _json: value }
  }
  if (type.startsWith('multipart/form-data')) return parseForm(await request.formData())
  return parseForm(new URLSearchParams(await request.text()))
}
