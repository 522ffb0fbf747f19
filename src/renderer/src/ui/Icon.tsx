import type { ReactElement } from 'react'
import { cx } from './cx.ts'
import styles from './Icon.module.css'

/** Drawn at 16 by 16 with a stroke of 1.5, in the colour of the text around. */
const symbols = {
  report: <path d="M3.75 14V2.5M3.75 3h8.5l-2 3 2 3h-8.5" />,
  chevron: <path d="m4 6.25 4 4 4-4" />,
  domain: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M2.5 8h11M8 2.25c2 2 2.5 4 2.5 5.75S10 11.75 8 13.75C6 11.75 5.5 9.75 5.5 8S6 4.25 8 2.25" />
    </>
  ),
  'sev-noop': <circle cx="8" cy="8" r="5.25" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.25" />
      <path d="M10.2 10.2 13.5 13.5" />
    </>
  ),
  filter: (
    <>
      <path d="M2.5 4h11M4.5 8h7M6.5 12h3" />
    </>
  ),
  due: (
    <>
      <rect x="2.5" y="3.5" width="11" height="10" rx="1" />
      <path d="M2.5 6.5h11M5.5 2v2.5M10.5 2v2.5" />
    </>
  ),
  view: (
    <>
      <path d="M2.5 4h1M2.5 8h1M2.5 12h1M6 4h7.5M6 8h7.5M6 12h7.5" />
    </>
  ),
  log: (
    <>
      <path d="M3.5 2.5h9v11h-9zM6 5.5h4M6 8h4M6 10.5h2.5" />
    </>
  ),
  all: (
    <>
      <rect x="2.5" y="2.5" width="4.5" height="4.5" rx=".5" />
      <rect x="9" y="2.5" width="4.5" height="4.5" rx=".5" />
      <rect x="2.5" y="9" width="4.5" height="4.5" rx=".5" />
      <rect x="9" y="9" width="4.5" height="4.5" rx=".5" />
    </>
  ),
  'eye-off': (
    <>
      <path d="M3.5 6.25C2.9 6.75 2.3 7.3 1.75 8 3.2 10.7 5.4 12 8 12c.9 0 1.7-.15 2.5-.45M6.5 4.15A7 7 0 0 1 8 4c2.6 0 4.8 1.3 6.25 4-.4.75-.9 1.4-1.4 1.95M2.5 2.5l11 11" />
    </>
  ),
  thread: (
    <>
      <path d="M4 2.5v7a2 2 0 0 0 2 2h6.5M10 9l2.5 2.5L10 14" />
    </>
  ),
  out: (
    <>
      <path d="M7 3.5H3.5v9h9V9M9.5 2.5h4v4M13.25 2.75 7.5 8.5" />
    </>
  ),
  check: (
    <>
      <path d="M3 8.5 6.5 12 13 4.5" />
    </>
  ),
  held: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M8 4.75V8l2.25 1.5" />
    </>
  ),
  sending: (
    <>
      <path d="M8 13V3.5M4 7.25 8 3.25l4 4" />
    </>
  ),
  done: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M5.5 8.25 7.25 10l3.25-3.75" />
    </>
  ),
  unknown: (
    <>
      <circle cx="8" cy="8" r="5.75" strokeDasharray="2.5 2" />
      <path d="M6.4 6.5A1.65 1.65 0 1 1 8.6 8.05c-.4.2-.6.45-.6.95M8 10.9v.1" />
    </>
  ),
  image: (
    <>
      <rect x="2.5" y="3" width="11" height="10" rx="1" />
      <path d="M2.75 11l3-3 2.5 2.5 2-2 3 3" />
    </>
  ),
  film: (
    <>
      <rect x="2.5" y="3.5" width="11" height="9" rx="1" />
      <path d="M6.75 6.25v3.5l3-1.75z" />
    </>
  ),
  'sev-close': (
    <>
      <path d="M3.5 8.25 6.75 11.5 12.5 5" />
    </>
  ),
  'sev-warn': (
    <>
      <circle cx="8" cy="8" r="5.25" />
      <path d="M8 5.25v3.25M8 10.7v.1" />
    </>
  ),
  'sev-sensitive': (
    <>
      <circle cx="8" cy="8" r="5.25" />
      <path d="M4.5 11.5l7-7" />
    </>
  ),
  'sev-limit': (
    <>
      <circle cx="8" cy="8" r="5.25" />
      <path d="M8 2.75a5.25 5.25 0 0 0 0 10.5z" fill="currentColor" />
    </>
  ),
  'sev-freeze': (
    <>
      <circle cx="8" cy="8" r="5.25" />
      <path d="M6.5 6v4M9.5 6v4" />
    </>
  ),
  'sev-suspend': (
    <>
      <circle cx="8" cy="8" r="5.25" fill="currentColor" />
    </>
  ),
  trend: (
    <>
      <path d="M2.5 12 6 7.5l3 2.5 4.5-6M10.25 4h3.25v3.25" />
    </>
  ),
  gate: (
    <>
      <path d="M3 13.5v-11M13 13.5v-11M3 5.5h10M3 10h10M6.5 5.5V10M9.5 5.5V10" />
    </>
  ),
  spam: (
    <>
      <rect x="2.5" y="2.5" width="8" height="8" rx="1" />
      <path d="M12.5 5.5h.5a.5.5 0 0 1 .5.5v7a.5.5 0 0 1-.5.5H6a.5.5 0 0 1-.5-.5v-.5" />
    </>
  ),
  violation: (
    <>
      <path d="M3.75 14V2.5M3.75 3h8.5l-2 3 2 3h-8.5" />
    </>
  ),
  legal: (
    <>
      <path d="M8 2.5v11M5 13.5h6M3 4.5h10M3 4.5 1.5 9h3zM13 4.5 11.5 9h3z" />
    </>
  ),
  other: (
    <>
      <path d="M3.5 8h.1M8 8h.1M12.5 8h.1" strokeWidth="2.25" />
    </>
  ),
  lock: (
    <>
      <rect x="3.5" y="7" width="9" height="6.5" rx="1" />
      <path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2" />
    </>
  ),
  failed: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M6 6l4 4M10 6l-4 4" />
    </>
  ),
  undo: (
    <>
      <path d="M5.5 3 2.75 5.75 5.5 8.5M3 5.75h6.25a3.5 3.5 0 0 1 0 7H6" />
    </>
  ),
  warn: (
    <>
      <path d="M8 2.5 14 13H2zM8 6.5v3M8 11.2v.1" />
    </>
  ),
  offline: (
    <>
      <path d="M2.5 6.5a8.2 8.2 0 0 1 3-1.7M13.5 6.5a8 8 0 0 0-4.5-2M5 9.3a4.5 4.5 0 0 1 2.5-1.2M8 12.2v.1M2.5 2.5l11 11" />
    </>
  ),
  settings: (
    <>
      <path d="M2.5 4.5h6M11.5 4.5h2M2.5 11.5h2M7.5 11.5h6" />
      <circle cx="10" cy="4.5" r="1.5" />
      <circle cx="6" cy="11.5" r="1.5" />
    </>
  ),
  mine: (
    <>
      <circle cx="8" cy="5" r="2.5" />
      <path d="M3 13.5c.4-2.9 2.4-4.5 5-4.5s4.6 1.6 5 4.5" />
    </>
  ),
  handover: (
    <>
      <path d="M2.5 5.5h10m-2.75-3 3 3-3 3M13.5 10.5h-10m2.75-3-3 3 3 3" />
    </>
  ),
  signup: (
    <>
      <circle cx="6.5" cy="5" r="2.5" />
      <path d="M2 13.25c.4-2.6 2.2-4 4.5-4 1 0 1.9.3 2.6.8M12 9.5v4M10 11.5h4" />
    </>
  ),
  pen: (
    <>
      <path d="M3 13l.6-2.6L10.75 3.25l2 2L5.6 12.4zM9.25 4.75l2 2" />
    </>
  ),
  mail: (
    <>
      <rect x="2.5" y="3.5" width="11" height="9" rx="1" />
      <path d="M2.75 4.25 8 8.75l5.25-4.5" />
    </>
  ),
  range: (
    <>
      <path d="M2.5 4h11M2.5 12h11M5 4v8M11 4v8" />
    </>
  ),
  unclaimed: <circle cx="8" cy="8" r="5.25" strokeDasharray="2.2 1.9" />,
  plus: (
    <>
      <path d="M8 3.5v9M3.5 8h9" />
    </>
  ),
  sound: (
    <>
      <path d="M2.75 6.25v3.5h2.5L8.5 12.5v-9L5.25 6.25zM11 6a3 3 0 0 1 0 4" />
    </>
  ),
  poll: (
    <>
      <path d="M3 13V8M8 13V3M13 13v-3" />
    </>
  ),
  close: (
    <>
      <path d="M4 4l8 8M12 4l-8 8" />
    </>
  ),
} as const satisfies Record<string, ReactElement>
export type IconName = keyof typeof symbols

/** Those that point along the line of reading, or show lines of text. */
const along: ReadonlySet<IconName> = new Set(['thread', 'out', 'undo', 'view', 'log', 'sound'])

/** All symbols, once a page. */
export const IconSprite = () => (
  <svg className={styles.sprite} aria-hidden="true" focusable="false">
    <title />
    {Object.entries(symbols).map(([name, drawn]) => (
      <symbol key={name} id={`i-${name}`} viewBox="0 0 16 16">
        {drawn}
      </symbol>
    ))}
  </svg>
)

/** One icon. With a label it is a picture with a name, without it is decoration. */
export const Icon = ({
  name,
  label,
  small,
  className,
}: {
  name: IconName
  label?: string
  small?: boolean
  className?: string | undefined
}) => (
  // biome-ignore lint/a11y/noSvgWithoutTitle: the label is the name, and without one it is hidden
  <svg
    className={cx(styles.icon, small && styles.small, along.has(name) && styles.along, className)}
    focusable="false"
    {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
  >
    <use href={`#i-${name}`} />
  </svg>
)
