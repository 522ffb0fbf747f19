/** Answers outside the API: errors as JSON for those who ask for it, else as an HTML page. */
import type { Answer } from './call.ts'
import type { WebContext } from './node-bindings.ts'

const names: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  404: 'Not Found',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** True when the client says that it takes JSON. */
export function wantsJson(context: WebContext): boolean {
  return (context.req.header('accept') ?? '').includes('json')
}

/** An HTML page that says what went wrong. */
export function htmlPage(title: string): string {
  return `<!DOCTYPE html>\n<html lang='en'>\n<head>\n<meta content='text/html; charset=UTF-8' http-equiv='Content-Type'>\n<title>${title}</title>\n</head>\n<body><h1>${title}</h1></body>\n</html>\n`
}

/** 500 has two keys as JSON (contract K.12), the others `status` and `error` alike. */
export function errorPage(status: number, asJson: boolean): Answer {
  const name = names[status] ?? 'Error'
  if (!asJson) return { status, text: htmlPage(name), headers: { 'content-type': 'text/html; charset=utf-8' } }
  return {
    status,
    text: JSON.stringify({ status, error: name }),
    headers: { 'content-type': 'application/json; charset=UTF-8' },
  }
}

/** No such route. */
export function noRoute(asJson: boolean): Answer {
  return asJson ? { status: 404, text: '{"error":"Not Found"}' } : errorPage(404, false)
}
