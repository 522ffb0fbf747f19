import { contentPolicy } from './content-policy.ts'
import type { PageFile } from './page-files.ts'

/** Where the page lives in the desktop: a scheme of its own, never `file:`, which would reach every file of this computer. */
const APP_ORIGIN = 'app://howdah'
export const APP_PAGE = `${APP_ORIGIN}/`

// SECURITY: no `bypassCSP`, no `corsEnabled` (it lets other origins read), no service workers: only what a page needs to load.
export const appScheme = { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } } as const

/** What the page's scheme answers: the file of the fixed table under the policy, or nothing but a status. */
export const answerApp = (method: string, url: string, page: ReadonlyMap<string, PageFile>): Response => {
  const headers = {
    'Content-Security-Policy': contentPolicy,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  }
  if (method !== 'GET') return new Response(null, { status: 405, headers })
  // SECURITY: a path is only ever looked up in the table, so none can climb out of the page's folder.
  const file = url.startsWith(APP_PAGE) ? page.get(url.slice(APP_ORIGIN.length)) : undefined
  if (!file) return new Response(null, { status: 404, headers })
  return new Response(new Uint8Array(file.body), { headers: { ...headers, 'Content-Type': file.type } })
}

// SECURITY: whatever the page may be tricked into asking for, only its own files and its own blobs are ever loaded.
export const mayLoad = (url: string): boolean => url.startsWith(APP_PAGE) || url.startsWith(`blob:${APP_PAGE}`)

/** A frame as Electron tells of a message's sender. */
export type Sender = { url: string; parent: unknown } | null

// SECURITY: only the top frame of our own page is answered; a detached frame is null or throws at a look, a foreign one has another address.
export const isOurPage = (sender: Sender): boolean => {
  try {
    return sender?.parent === null && (sender.url === APP_PAGE || sender.url.startsWith(`${APP_PAGE}#`))
  } catch {
    return false
  }
}
