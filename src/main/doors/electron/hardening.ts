import type { App, Session, WebContents } from 'electron'
import { answerApp, mayLoad } from '../app-page.ts'
import type { PageFile } from '../page-files.ts'

/**
 * SECURITY: two are given: to show a notification of the system, which can only say a number, and where to press; and to put a text on
 * the clipboard that a person asked for. Nothing is ever read from it.
 */
const given: readonly string[] = ['notifications', 'clipboard-sanitized-write']

/** Closes a session to everything but the page's own files. */
export const hardenSession = (session: Session, page: ReadonlyMap<string, PageFile>) => {
  session.protocol.handle('app', request => answerApp(request.method, request.url, page))
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !mayLoad(url) }))
  // SECURITY: Electron grants permissions unless told otherwise, and asks through three different doors.
  session.setPermissionRequestHandler((_contents, permission, grant) => grant(given.includes(permission)))
  session.setPermissionCheckHandler((_contents, permission) => given.includes(permission))
  session.setDevicePermissionHandler(() => false)
  // SECURITY: nothing is written to disk by the page; exports are copied by the shell after a person chose where.
  session.on('will-download', event => event.preventDefault())
}

const hardenContents = (contents: WebContents) => {
  // SECURITY: one page for life. No address of a post, dropped file or redirect may take its place beside the preload script.
  contents.on('will-navigate', event => event.preventDefault())
  contents.on('will-frame-navigate', event => event.preventDefault())
  contents.on('will-redirect', event => event.preventDefault())
  // SECURITY: no second window, and no guest page inside this one.
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-attach-webview', event => event.preventDefault())
}

/** Closes every page that will ever be made, and the ways in which one could ask the system for more. */
export const hardenApp = (app: App) => {
  app.on('web-contents-created', (_event, contents) => hardenContents(contents))
  // SECURITY: the page speaks to no server, so no certificate, password or client key is ever right to give.
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, decide) => {
    event.preventDefault()
    decide(false)
  })
  app.on('select-client-certificate', (event, _contents, _url, _list, give) => {
    event.preventDefault()
    give()
  })
  app.on('login', (event, _contents, _request, _asks, give) => {
    event.preventDefault()
    give()
  })
}
