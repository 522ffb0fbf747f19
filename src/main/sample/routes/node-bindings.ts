/** The Node objects under a request: where a connection is cut, or a stream kept open. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from 'hono'

type Bindings = { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse }

function bindings(context: Context): Bindings {
  return context.env as Bindings
}

/** The response being written. */
export function outgoingOf(context: Context): ServerResponse {
  return bindings(context).outgoing
}

/** Address of the client. */
export function addressOf(context: Context): string {
  return bindings(context).incoming.socket.remoteAddress ?? ''
}

/** Cuts the connection without another byte. */
export function cut(context: Context): void {
  bindings(context).incoming.socket.destroy()
}
