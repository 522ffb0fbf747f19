import type { Engine } from '../../shared/contract/index.ts'
import type { Lookalike } from '../../shared/contract/lookalikes.ts'
import { domainText } from '../../shared/domain-name.ts'
import { say } from '../../shared/messages/say.ts'
import { sayOdd } from '../../shared/messages/say-odd.ts'
import type { Question } from './question.ts'

/**
 * The address that may be handed to the system's browser, built anew from its parts; nothing for all else.
 * SECURITY: http and https only (other schemes start programs), no user name in it (it imitates another host), no control characters.
 */
export const externalLink = (given: unknown): string | null => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (typeof given !== 'string' || given.length > 2048 || /[\u0000-\u0020\u007f-\u009f\\]/.test(given)) return null
  const url = URL.parse(given)
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') return null
  return url.username === '' && url.password === '' ? url.href : null
}

/** Longest rest of an address that is shown whole, and how much of a longer one. */
const [REST, BEGINS, ENDS] = [90, 60, 20]

/** An address as a dialog shows it: its origin whole, since that tells where one will be, and of a long rest its two ends. */
const shownAddress = ({ origin, href }: URL): string => {
  const rest = href.slice(origin.length)
  return origin + (rest.length > REST ? `${rest.slice(0, BEGINS)} … ${rest.slice(-ENDS)}` : rest)
}

/** What a person answers before an address is opened. */
export type LinkAnswer = 'open' | 'back'

/** What is asked before an address is opened that a stranger may have written. Escape and Enter alike leave it. */
export const linkQuestion = (link: string, odd: Lookalike | undefined): Question<LinkAnswer> => {
  const url = new URL(link)
  return {
    type: odd ? 'warning' : 'question',
    message: say('link.title', { host: domainText(url.host) }),
    detail: [...(odd ? [sayOdd(odd)] : []), shownAddress(url), say('link.says')].join('\n\n'),
    answers: ['back', 'open'],
    labels: [say('sheet.back'), say('link.open')],
    closed: 'back',
  }
}

const WORD_MS = 3_000

/** What the desk knows of an address. An engine that is locked or silent knows nothing, and then one is asked. */
const lookUp = async (engine: Engine, link: string) => {
  const { origin, hostname } = new URL(link)
  const asked = { timeoutMs: WORD_MS }
  const { servers } = await engine.call('servers.list', {}, asked).catch(() => ({ servers: [] }))
  if (servers.some(server => server.origin === origin)) return { isOwn: true, odd: undefined }
  const { lookalikes } = await engine.call('lookalikes.list', {}, asked).catch(() => ({ lookalikes: [] }))
  return { isOwn: false, odd: lookalikes.find(({ domain }) => domain === hostname) }
}

/**
 * Answers what hands addresses to the system's browser: a page of a server one is signed in to at once, any other after a word.
 * SECURITY: asked here, whatever the page says it asked: it shows what strangers wrote. One at a time, and what comes meanwhile is
 * dropped, so that no page can heap up questions until somebody presses.
 */
export const makeLinks = (
  engine: Engine,
  ask: (question: Question<LinkAnswer>) => Promise<LinkAnswer>,
  open: (link: string) => Promise<void>,
) => {
  let asking = false
  return async (link: string): Promise<void> => {
    if (asking) return
    asking = true
    try {
      const { isOwn, odd } = await lookUp(engine, link)
      if (isOwn || (await ask(linkQuestion(link, odd))) === 'open') await open(link)
    } finally {
      asking = false
    }
  }
}
