import type { Server } from '../../../shared/contract/servers.ts'
import { say } from '../../../shared/messages/say.ts'
import { queues } from '../features/reports/queue.ts'
import type { IconName } from '../ui/Icon.tsx'
import type { Route } from './route.ts'

/** Somewhere to go that has no key of its own. */
export type Place = { to: Route; says: string; icon: IconName; server?: Server }

/** Queues and servers. */
export const placesOf = (servers: readonly Server[]): Place[] => [
  ...queues.map(
    (queue): Place => ({ to: { screen: 'reports', queue, server: null }, says: say(`queue.${queue}`), icon: 'report' }),
  ),
  ...servers.map(
    (server): Place => ({
      to: { screen: 'reports', queue: 'reports', server: server.key },
      says: server.domain,
      icon: 'all',
      server,
    }),
  ),
]

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Whether every word of what was typed begins a word of the name, in any case and without its accents. */
export const matches = (typed: string, name: string): boolean => {
  const words = plain(name).split(/[^\p{L}\p{N}]+/u)
  return plain(typed)
    .split(/[^\p{L}\p{N}]+/u)
    .every(part => part === '' || words.some(word => word.startsWith(part)))
}
