/** What can change: a query names the topics that make its answer stale, a write announces those it touched. */
export type Topic = 'servers' | 'reports' | 'accounts' | 'posts' | 'decisions' | 'log' | 'sync' | 'settings'
