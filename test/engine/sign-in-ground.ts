import type { Engine } from '../../src/shared/contract/index.ts'
import { type Ground, openGround } from './ground.ts'

// The engine's guard stands in the global place once there is an engine; a person's browser is not of it.
export const browse: typeof globalThis.fetch = globalThis.fetch
/** Where these sign-ins lead back to; nobody listens there. */
export const redirect = 'http://127.0.0.1:4321/callback'

/** What a person does on the consent page: chooses who they are, and says yes or no. Answers the address that the browser is sent to. */
export const consent = async (authorizeUrl: string, as: string, decision = 'authorize') => {
  const url = new URL(authorizeUrl)
  const body = new URLSearchParams([...url.searchParams, ['as', as], ['decision', decision]])
  const answer = await browse(`${url.origin}${url.pathname}`, { method: 'POST', body, redirect: 'manual' })
  const location = answer.headers.get('location')
  return location === null
    ? { text: await answer.text(), back: new URLSearchParams() }
    : { text: '', back: new URL(location).searchParams }
}

/** How a sign-in is begun, beside its address. */
export type More = { redirect?: string; decide?: boolean; server?: string }
/** Begins a sign-in. */
export const begin = (desk: Engine, url: string, more: More = {}) =>
  desk.call('servers.beginSignIn', { url, redirect, ...more })
/** Ends it with a code. */
export const finish = (desk: Engine, state: string, code: string) => desk.call('servers.finishSignIn', { state, code })
/** Why a call failed. */
export const reasonOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'no failure',
    (error: { code: string; detail: { reason?: string } }) => error.detail.reason ?? error.code,
  )
/** A whole sign-in, as a person goes through it. */
export const signIn = async (desk: Engine, url: string, as = 'moderator', more: More = {}) => {
  const { authorizeUrl, state } = await begin(desk, url, more)
  const { back } = await consent(authorizeUrl, as)
  return { state, code: back.get('code') ?? '', ...(await finish(desk, state, back.get('code') ?? '')) }
}
/** A sample server, and an engine on it. */
export const open = async (more: Parameters<typeof openGround>[0] = {}): Promise<{ ground: Ground; desk: Engine }> => {
  const ground = await openGround(more)
  await ground.openEngine()
  return { ground, desk: ground.client() }
}
/** The tokens of Howdah that the server still takes. */
export const liveTokens = (ground: Ground) =>
  [...ground.server.world.tokens.values()].filter(({ appId, revokedAt }) => {
    return revokedAt === null && ground.server.world.apps.get(appId)?.name === 'Howdah'
  })
/** Howdah’s registrations at the server. */
export const ownApps = (ground: Ground) => ground.server.world.apps.all().filter(({ name }) => name === 'Howdah')
