/** The sample server: a real HTTP server that answers like Mastodon's admin API. This file puts it together. */
import { readFileSync } from 'node:fs'
import { createAdaptorServer } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import { type Clock, createClock } from './clock.ts'
import { Faults } from './faults/faults.ts'
import { applyFaults } from './faults/spec.ts'
import { Ledger } from './ledger.ts'
import type { SampleOptions } from './options.ts'
import { releaseOf } from './releases/release.ts'
import type { Site } from './routes/call.ts'
import { addControl } from './routes/control.ts'
import { errorPage, wantsJson } from './routes/error-pages.ts'
import { addFiles } from './routes/files.ts'
import type { WebApp } from './routes/node-bindings.ts'
import { perform, performNothing } from './routes/perform.ts'
import { routes } from './routes/routes.ts'
import { Streams } from './routes/streams.ts'
import { addWebPages } from './routes/web.ts'
import { startBackground } from './rules/background.ts'
import { takeBackup } from './rules/backup.ts'
import { scheduleDeletions } from './rules/deletion.ts'
import { Jobs } from './rules/jobs.ts'
import { enlargeIds } from './rules/large-ids.ts'
import type { Sample } from './rules/sample.ts'
import { worldOfState } from './rules/state.ts'
import { Throttles } from './rules/throttles.ts'
import { Traces } from './rules/traces.ts'
import type { World } from './rules/world.ts'
import { migrationWeek } from './scenario/migration-week.ts'

/** A running sample server, with what tests reach into. */
export type SampleServer = {
  /** Address without a trailing slash. */
  readonly url: string
  readonly world: World
  readonly ledger: Ledger
  readonly faults: Faults
  readonly clock: Clock
  /** Mails, audit log and jobs: what the API does not show. */
  readonly traces: Traces
  readonly jobs: Jobs
  readonly throttles: Throttles
  readonly streams: Streams
  /** Takes a backup of all that the server knows; what it answers puts the server back to it. */
  readonly backup: () => () => void
  readonly close: () => Promise<void>
}

/** Milliseconds until a background job takes effect, unless asked otherwise. */
const usualDelay = 1000

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The scenario is told at a fixed time and moved to now, unless a time is given. */
function worldFor(options: SampleOptions, now: number): World {
  if (options.world !== undefined) return options.world
  if (options.stateFile !== undefined) return worldOfState(JSON.parse(readFileSync(options.stateFile, 'utf8')))
  const { seed, reports, accounts } = options
  return migrationWeek({
    now,
    ...(seed === undefined ? {} : { seed }),
    ...(reports === undefined ? {} : { reports }),
    ...(accounts === undefined ? {} : { accounts }),
  })
}

/** Callers' names become tokens of the world's first application. */
function addCallerTokens(world: World, now: number): void {
  const app =
    world.apps.all()[0] ??
    world.apps.add({
      id: '1',
      name: 'Sample',
      website: null,
      redirectUris: ['http://127.0.0.1/callback'],
      scopes: ['read', 'write', 'admin:read', 'admin:write'],
      clientId: 'sample',
      clientSecret: 'sample',
    })
  for (const { name, accountId, scopes } of world.callers.values()) {
    world.tokens.set(name, {
      id: world.tokenIds.next(),
      token: name,
      appId: app.id,
      accountId,
      scopes,
      createdAt: now,
      revokedAt: null,
    })
  }
}

function createSite(options: SampleOptions, base: () => string): Site {
  const clock = options.clock ?? createClock(options.now ?? Date.now())
  const world = worldFor(options, clock.now())
  const release = releaseOf(options.release ?? '4.6.5')
  // A recorded state comes from a server without job workers: what it recorded holds only while no job runs.
  const delay = options.jobDelay ?? (options.stateFile === undefined ? usualDelay : Number.POSITIVE_INFINITY)
  const streams = new Streams()
  const sample: Sample = {
    world,
    clock,
    release,
    jobs: new Jobs(clock, delay),
    traces: new Traces(),
    mediaBase: options.mediaBase ?? null,
    announce: notification => streams.push(notification),
    closeStreams: (accountId, tokenId) => streams.close(accountId, tokenId),
  }
  addCallerTokens(world, clock.now())
  const faults = new Faults(randomFrom(options.seed ?? 1))
  if (options.faults !== undefined) applyFaults(faults, options.faults)
  if (faults.list().some(({ fault }) => fault.kind === 'big-ids')) enlargeIds(world)
  scheduleDeletions(sample)
  if (options.colleagues ?? true) startBackground(sample)
  const throttles = new Throttles(release, options.throttles ?? true)
  return {
    sample,
    ledger: new Ledger(),
    faults,
    throttles,
    streams,
    base,
    control: options.control ?? null,
    think: options.think ?? 0,
  }
}

const preflight = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE, OPTIONS',
  'access-control-allow-headers': '*, Authorization, Content-Type',
}

function createApp(site: Site): WebApp {
  const app: WebApp = new Hono()
  // Every answer says the time, also one of a throttle or a proxy: by the server's own clock, not by this computer's.
  app.use(async (context, next) => {
    await next()
    if (context.res === RESPONSE_ALREADY_SENT || context.res.headers.has('date')) return
    context.res.headers.set('date', new Date(site.sample.clock.now()).toUTCString())
  })
  addControl(app, site)
  addFiles(app, site)
  addWebPages(app, site)
  for (const route of routes) {
    if (route.since !== undefined && !site.sample.release.has(route.since)) continue
    app.on(route.method, route.path, context => perform(site, route, context))
  }
  // A browser asks first whether it may ask.
  app.options('*', () => new Response(null, { status: 204, headers: preflight }))
  app.onError((failure, context) => {
    site.sample.traces.failures.push(failure)
    const { text, status, headers } = errorPage(500, wantsJson(context))
    return new Response(text, { status: status ?? 500, headers: { ...headers } })
  })
  app.notFound(context => performNothing(site, context))
  return app
}

/**
 * Starts a sample server and waits until it listens.
 * Throws RangeError for an unknown release or fault, TypeError for an unreadable state, and Node's error for a taken port.
 */
export async function startSampleServer(options: SampleOptions = {}): Promise<SampleServer> {
  const host = options.host ?? '127.0.0.1'
  let url = ''
  const site = createSite(options, () => url)
  const server = createAdaptorServer({ fetch: createApp(site).fetch })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, host, () => resolve())
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  const { sample, ledger, faults, throttles, streams } = site
  const { world, clock, traces, jobs } = sample
  return {
    url,
    world,
    ledger,
    faults,
    clock,
    traces,
    jobs,
    throttles,
    streams,
    backup: () => {
      const putBack = takeBackup(world)
      return () => {
        putBack()
        streams.cutAll()
      }
    },
    close: async () => {
      clock.stop()
      streams.cutAll()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
