/** The Node objects under a request: where a connection is cut, or a stream kept open. */
import type { ServerResponse } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import type { Context, Hono } from 'hono'

type Env = { Bindings: HttpBindings }

/** A request on Node's HTTP server, and the app that routes it. */
export type WebContext = Context<Env>
/** The web application on Node’s own requests. */
export type WebApp = Hono<Env>

/** The response being written. */
export function outgoingOf(context: WebContext): ServerResponse {
  return context.env.outgoing
}

/** Address of the client. */
export function addressOf(context: WebContext): string {
  return context.env.incoming.socket.remoteAddress ?? ''
}

/** Cuts the connection without another byte. */
export function cut(context: WebContext): void {
  context.env.incoming.socket.destroy()
}
