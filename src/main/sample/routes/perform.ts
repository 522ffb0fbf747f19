/** A request from its first byte to its answer: count, faults, token, route, headers. */
import { hash, randomUUID } from 'node:crypto'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { acctOf } from '../entities/account.ts'
import { View } from '../entities/view.ts'
import type { Fault } from '../faults/faults.ts'
import { playAfter, playBefore } from '../faults/play.ts'
import { parseFaults } from '../faults/spec.ts'
import { addressLiesIn, parseAddress } from '../rules/addresses.ts'
import { isPresent } from '../rules/casts.ts'
import { languageOf, translated } from '../rules/languages.ts'
import type { TokenRecord } from '../rules/model-more.ts'
import { Crash, Refusal } from '../rules/refusals.ts'
import { type Count, isExceeded, rateHeaders } from '../rules/throttles.ts'
import { authorize, tokenOf } from './authorize.ts'
import type { Answer, Call, Route, Site } from './call.ts'
import { errorPage, noRoute, wantsJson } from './error-pages.ts'
import { addressOf, type WebContext } from './node-bindings.ts'
import { type Params, parseBody, parseForm, UnreadableBody } from './params.ts'

/** Headers that every answer of the API has (contract K.21). */
const common = {
  'cache-control': 'private, no-store',
  vary: 'Authorization, Origin',
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'Link, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining, X-Request-Id, Mastodon-Async-Refresh',
}

async function paramsOf(context: WebContext): Promise<Params> {
  const query = parseForm(new URL(context.req.url).searchParams)
  const hasBody = context.req.method !== 'GET' && context.req.method !== 'HEAD'
  return { ...query, ...(hasBody ? await parseBody(context.req.raw) : {}), ...context.req.param() }
}

/** The throttles' view of a request. */
function count(site: Site, context: WebContext, params: Params, token: TokenRecord | null): readonly Count[] {
  const userId = token?.accountId ?? null
  return site.throttles.check({
    now: site.sample.clock.now(),
    method: context.req.method,
    path: context.req.path,
    ip: addressOf(context),
    userId,
    tokenId: token?.id ?? null,
    paging: ['page', 'min_id', 'max_id', 'since_id'].some(key => isPresent(params[key])),
  })
}

/** True when the client's address is under a `no_access` block: the web server itself says no. */
function isShutOut(site: Site, ip: string): boolean {
  const now = site.sample.clock.now()
  const address = ip.replace('::ffff:', '')
  return site.sample.world.ipBlocks.all().some(block => {
    if (block.severity !== 'no_access' || (block.expiresAt !== null && block.expiresAt <= now)) return false
    const range = parseAddress(block.ip)
    return range !== null && addressLiesIn(address, range)
  })
}

/** Faults for this request: those that wait, and those its own header asks for. */
function faultsOf(site: Site, context: WebContext, caller: string | null): Fault[] {
  const asked = context.req.header('x-sample-fault')
  const trusted = site.control !== null && context.req.header('x-sample-control') === site.control
  const own = asked !== undefined && trusted ? parseFaults(asked).map(({ fault }) => fault) : []
  return [...own, ...site.faults.take(context.req.method, context.req.path, caller)]
}

/** Runs the route; refusals and failures become answers. `rated` tells whether the rate headers go with it. */
async function answerOf(route: Route, call: Call): Promise<{ answer: Answer; rated: boolean; done: boolean }> {
  try {
    return { answer: await route.run(call), rated: true, done: true }
  } catch (reason) {
    return { ...refusalAnswer(reason, call), done: false }
  }
}

function refusalAnswer(reason: unknown, call: Call): { answer: Answer; rated: boolean } {
  const { context } = call
  if (reason instanceof Refusal) {
    const { error } = reason.body
    const language = languageOf(
      call.params.lang,
      call.account?.user?.locale ?? null,
      context.req.header('accept-language'),
    )
    const body = typeof error === 'string' ? { ...reason.body, error: translated(error, language) } : reason.body
    return { answer: { status: reason.status, text: JSON.stringify(body), headers: reason.headers }, rated: true }
  }
  if (reason instanceof Crash) return { answer: errorPage(500, wantsJson(context)), rated: false }
  throw reason
}

function etagOf(body: Buffer): string {
  return `W/"${hash('sha1', body).slice(0, 32)}"`
}

/** The response of an answer; a GET gets an ETag, and 304 when the client has it already. */
function respond(context: WebContext, answer: Answer, headers: Readonly<Record<string, string>>): Response {
  const all: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    ...headers,
    ...answer.headers,
  }
  const status = answer.status ?? 200
  // Bytes are made once, for the tag and for the wire.
  const bytes = typeof answer.text === 'string' ? Buffer.from(answer.text) : answer.text
  const body = bytes.length === 0 ? null : bytes
  if (context.req.method === 'GET' && status === 200 && body !== null) {
    all.etag = etagOf(body)
    if (context.req.header('if-none-match') === all.etag) return new Response(null, { status: 304, headers: all })
  }
  return new Response(body, { status, headers: all })
}

/** The throttle's own 429, in the server's language and without Retry-After. */
function tooManyRequests(context: WebContext, counts: readonly Count[], now: number): Response {
  const answer = { status: 429, text: '{"error":"Too many requests"}' }
  return respond(context, answer, { ...rateHeaders(counts, now), 'content-type': 'application/json' })
}

/** Answers a request to an address that does not exist: it is counted all the same. */
export function performNothing(site: Site, context: WebContext): Response {
  const params = parseForm(new URL(context.req.url).searchParams)
  const { token } = tokenOf(site.sample, context.req.header('authorization'), params)
  const counts = count(site, context, params, token)
  if (counts.some(isExceeded)) return tooManyRequests(context, counts, site.sample.clock.now())
  return respond(context, noRoute(wantsJson(context)), {})
}

/** Answers one request to a route. */
export async function perform(site: Site, route: Route, context: WebContext): Promise<Response> {
  const { sample } = site
  const ip = addressOf(context)
  if (isShutOut(site, ip)) return new Response('Forbidden', { status: 403, headers: { 'content-type': 'text/plain' } })
  let params: Params
  try {
    params = await paramsOf(context)
  } catch (reason) {
    if (!(reason instanceof UnreadableBody)) throw reason
    return respond(context, errorPage(400, wantsJson(context)), {})
  }
  const { token } = tokenOf(sample, context.req.header('authorization'), params)
  const account = token?.accountId == null ? null : (sample.world.account(token.accountId) ?? null)
  const caller = account === null ? null : acctOf(account)
  const now = sample.clock.now()
  const headers: Record<string, string> = { ...common, 'x-request-id': randomUUID(), date: new Date(now).toUTCString() }

  const counts = count(site, context, params, token)
  const { id: _, ...body } = params
  const isWrite = route.method !== 'GET' && route.reads !== true
  const entry = isWrite
    ? site.ledger.add({ at: now, caller, method: context.req.method, path: context.req.path, body })
    : null
  if (counts.some(isExceeded)) {
    if (entry !== null) Object.assign(entry, { status: 429, answered: true })
    return tooManyRequests(context, counts, now)
  }

  const faults = faultsOf(site, context, caller)
  if (entry !== null) entry.faults = faults.map(fault => fault.kind)
  const view = new View(sample, site.base(), account)
  const call: Call = { site, sample, view, params, token, account, ip, context, headers: {}, effect: true }
  const instead = await playBefore(faults, call, counts)
  if (instead !== null) {
    if (entry !== null && instead !== RESPONSE_ALREADY_SENT)
      Object.assign(entry, { status: instead.status, answered: true })
    return instead
  }

  let result: { answer: Answer; rated: boolean; done: boolean }
  try {
    authorize(site, route.access, context.req.path, token, account)
    result = await answerOf(route, call)
  } catch (reason) {
    result = { ...refusalAnswer(reason, call), done: false }
  }
  const { answer, rated, done } = result
  if (entry !== null)
    Object.assign(entry, { status: answer.status ?? 200, effect: done && call.effect, answered: true })
  if (answer.taken) return RESPONSE_ALREADY_SENT
  const all = rated ? { ...headers, ...rateHeaders(counts, now), ...call.headers } : headers
  const response = respond(context, answer, all)
  const played = await playAfter(faults, call, response, answer)
  if (entry !== null) entry.answered = played.answered
  return played.response
}
