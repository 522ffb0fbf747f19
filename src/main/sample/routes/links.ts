/** The Link header (contract d). */
import type { Page } from '../rules/pages.ts'
import type { Call } from './call.ts'

/** Path and sorted query of a request with other cursors; only scalar parameters named in `kept` survive. */
function address(call: Call, kept: readonly string[], cursor: Readonly<Record<string, string>>): string {
  const query: [string, string][] = Object.entries(cursor)
  for (const key of kept) {
    const value = call.params[key]
    if (value !== undefined && value !== null && typeof value !== 'object') query.push([key, String(value)])
  }
  query.sort(([a], [b]) => (a < b ? -1 : 1))
  return `${call.view.base}${new URL(call.context.req.url).pathname}?${new URLSearchParams(query)}`
}

/** The header of a page, or none for an empty one. */
export function linkHeader(call: Call, page: Page<unknown>, kept: readonly string[]): Record<string, string> {
  const links: string[] = []
  const all = ['limit', ...kept]
  if (page.nextMaxId !== null) links.push(`<${address(call, all, { max_id: page.nextMaxId })}>; rel="next"`)
  if (page.prevMinId !== null) links.push(`<${address(call, all, { min_id: page.prevMinId })}>; rel="prev"`)
  return links.length === 0 ? {} : { link: links.join(', ') }
}
