import type { DomainBlockRecord } from '../../src/main/sample/rules/model.ts'
import type { DecisionKind, Fields } from '../../src/shared/contract/decisions.ts'
import { type Ground, openGround, signInAndSync } from './ground.ts'
import { ended, untilIn } from './journal-ground.ts'

/** A domain block on the server, made by someone else. */
export const addBlock = (
  { server: { world }, clock }: Ground,
  domain: string,
  more: Partial<DomainBlockRecord> = {},
): DomainBlockRecord =>
  world.domainBlocks.add({
    id: world.domainBlocks.serials.next(),
    domain,
    severity: 'silence',
    createdAt: clock.now(),
    rejectMedia: false,
    rejectReports: false,
    obfuscate: false,
    privateComment: null,
    publicComment: null,
    ...more,
  })

/** A domain allow on the server, made by someone else. */
export const addAllow = ({ server: { world }, clock }: Ground, domain: string) =>
  world.domainAllows.add({ id: world.domainAllows.serials.next(), domain, createdAt: clock.now() })

type Choice = { fields?: Fields; typed?: string }

/** A desk of an admin over the small world, after `before` changed it; the grace window is two seconds. */
export const openDomains = async (
  before: (ground: Ground) => void = () => {},
  options: Parameters<typeof openGround>[0] = {},
) => {
  const ground = await openGround(options)
  before(ground)
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  await desk.call('settings.set', { graceSeconds: 2 })
  const arm = async (domain: string, kind: DecisionKind, { fields = {}, typed = '' }: Choice = {}) =>
    (await desk.call('decisions.arm', { server: key, subject: { of: 'domain', id: domain }, kind, fields, typed }))
      .decision
  return {
    ground,
    desk,
    key,
    arm,
    /** Arms, and waits until it has ended. */
    decide: async (domain: string, kind: DecisionKind, choice: Choice = {}) =>
      await untilIn(ground, desk, (await arm(domain, kind, choice)).id, ended, 1_000),
    /** Why arming it alone is refused, or null. */
    refusal: async (domain: string, kind: DecisionKind, choice: Choice = {}): Promise<string | null> => {
      try {
        await desk.call('decisions.takeBack', { id: (await arm(domain, kind, choice)).id })
        return null
      } catch (error) {
        return reasonOf(error)
      }
    },
    /** Why a batch leaves it out, or null. */
    leftOut: async (domain: string, kind: DecisionKind, fields: Fields = {}): Promise<string | null> => {
      const items = [{ server: key, subject: { of: 'domain' as const, id: domain } }]
      const { possible, left } = await desk.call('batches.preview', { kind, items, fields })
      return possible === 1 ? null : (left[0]?.code ?? 'nothing said')
    },
    batch: async (domains: readonly string[], kind: DecisionKind, fields: Fields = {}) => {
      const items = domains.map(id => ({ server: key, subject: { of: 'domain' as const, id } }))
      return (await desk.call('batches.arm', { kind, items, fields, label: 'test' })).batch
    },
    writes: () => ground.server.ledger.of(/\/domain_(blocks|allows)(\/|$)/),
    show: async (domain: string) => await desk.call('domains.show', { server: key, domain }),
    [Symbol.asyncDispose]: () => ground[Symbol.asyncDispose](),
  }
}
export type Domains = Awaited<ReturnType<typeof openDomains>>

/** The reason of a failure, else its code. */
const reasonOf = (error: unknown): string => {
  const { detail, code } = error as { detail: Record<string, unknown>; code: string }
  return String(detail.reason ?? code)
}

/** All decisions of a batch, once none of them goes on. */
export const untilBatchEnds = async ({ ground, desk }: Pick<Domains, 'ground' | 'desk'>, id: string) => {
  for (let n = 0; n < 600; n++) {
    const { batches } = await desk.call('batches.list', { all: true })
    if (batches.find(one => one.id === id)?.state === 'ended') break
    ground.patient.advance(1_000)
    await new Promise(resolve => setTimeout(resolve, 4))
  }
  const { decisions } = await desk.call('decisions.page', { limit: 200 })
  return decisions.filter(one => one.batch === id)
}
