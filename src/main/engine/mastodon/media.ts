import type { Clock } from '../../../shared/clock.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import { readBody } from './body.ts'
import type { OwnNetwork } from './own-network.ts'
import { newPassage, type Passage, type Reach } from './reach.ts'

/** How long a piece may take on its way. */
const PATIENCE_MS = 120_000
const MOST_REDIRECTS = 3

/** What a piece of media may be asked of, in which own network, and how large it may be. */
export type MediaLimits = {
  origins: readonly string[]
  ownNetwork: OwnNetwork | null
  mostBytes: number
  signal: AbortSignal
}

/** Fetches one file of media, because a person asked for it. */
export type FetchMedia = (url: string, limits: MediaLimits) => Promise<Uint8Array<ArrayBuffer>>

const readMedia = async (response: Response, passage: Passage, mostBytes: number): Promise<Uint8Array<ArrayBuffer>> => {
  const tooLarge = () => new Failure('upstream', { reason: 'failure.media-large', megabytes: mostBytes >> 20 })
  if (Number(response.headers.get('content-length') ?? 0) > mostBytes) throw tooLarge()
  return new Uint8Array(await readBody(response, passage, mostBytes, tooLarge))
}

const checkStatus = ({ status }: Response) => {
  if (status === 200) return
  if (status === 429) throw new Failure('rate-limited', { status, reason: 'failure.media-busy' })
  // The web admin's own session can see media of deleted posts; a token cannot (contract F.12).
  if (status === 401 || status === 403 || status === 404 || status === 410)
    throw new Failure('not-found', { status, reason: 'failure.media-gone' })
  throw new Failure(status >= 500 ? 'offline' : 'upstream', { status, reason: 'failure.media-refused' })
}

/**
 * Makes the way out for media: beside the guard, since files are no API calls and cost no budget of it. No token, cookie or referrer
 * goes along, to whichever host; a redirect is followed to the given origins only. Fails with a `Failure`.
 */
export const makeFetchMedia =
  (reach: Reach, clock: Clock, agent: string): FetchMedia =>
  async (address, { origins, ownNetwork, mostBytes, signal }) => {
    const stop = new AbortController()
    const cancelTimer = clock.after(PATIENCE_MS, () => stop.abort(new Failure('timeout')))
    const options = {
      headers: { accept: 'image/*, video/*, audio/*', 'user-agent': agent },
      redirect: 'manual' as const,
      credentials: 'omit' as const,
      referrerPolicy: 'no-referrer' as const,
      signal: AbortSignal.any([signal, stop.signal]),
    }
    try {
      let next = URL.parse(address)
      for (let hops = 0; ; hops++) {
        if (!next || !origins.includes(next.origin) || next.username !== '' || hops > MOST_REDIRECTS)
          throw new Failure('not-allowed', { reason: 'failure.media-other-host', host: next?.host ?? '' })
        const passage = newPassage()
        const response = await reach(ownNetwork, next, options, passage)
        if (response.status >= 300 && response.status < 400) {
          await response.body?.cancel()
          next = URL.parse(response.headers.get('location') ?? '', next.href)
          continue
        }
        if (response.status !== 200) await response.body?.cancel()
        checkStatus(response)
        return await readMedia(response, passage, mostBytes)
      }
    } catch (error) {
      if (error instanceof Failure) throw error
      if (signal.aborted) throw new Failure('cancelled')
      throw new Failure(stop.signal.aborted ? 'timeout' : 'offline', { reason: 'failure.media-cut' })
    } finally {
      cancelTimer()
      stop.abort()
    }
  }
