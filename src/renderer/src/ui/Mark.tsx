import type { Server } from '../../../shared/contract/servers.ts'
import { cx } from './cx.ts'
import styles from './Mark.module.css'

/** The class that gives a part the edge colour of its server (`--edge`, `--edge-text`). */
export const edgeOf = (server: Pick<Server, 'mark'>) => styles[`on${server.mark.colour}`]

/** Two letters and a colour: which server. Its domain is the title, for pointer and screen reader. */
export const Mark = ({ server }: { server: Pick<Server, 'mark' | 'domain'> }) => (
  <abbr className={cx(styles.mark, edgeOf(server))} title={server.domain}>
    {server.mark.letters}
  </abbr>
)
