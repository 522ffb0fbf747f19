/** What can change: a query names the topics that make its answer stale, a write announces those it touched. */
export type Topic =
  | 'servers'
  | 'reports'
  | 'accounts'
  | 'posts'
  | 'notes'
  | 'decisions'
  | 'log'
  | 'sync'
  | 'settings'
  | 'domains'
  | 'signups'
  | 'blocks'
