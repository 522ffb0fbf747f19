import type { ReactNode } from 'react'
import type { Server } from '../../../shared/contract/servers.ts'
import { say } from '../../../shared/messages/say.ts'
import { Chip, Choice } from './Choice.tsx'
import { Domain } from './Domain.tsx'
import { Mark } from './Mark.tsx'
import page from './page.module.css'
import parts from './parts.module.css'

type Shown<T extends string> = {
  /** Of the heading, which names the screen. */
  id: string
  title: string
  says?: string
  servers: readonly Server[]
  server: Server | undefined
  onServer(key: string): void
  /** The lists of the screen, one of which is shown; nothing where it has but one. */
  lists?: { label: string; value: T; options: readonly { value: T; says: string }[]; onPick(value: T): void }
  /** What stands at the end of its first line. */
  aside?: ReactNode
}

/** The head of a screen that shows one list of one server. */
export const PageHead = <T extends string>({ id, title, says, servers, server, onServer, lists, aside }: Shown<T>) => (
  <header className={page.head}>
    <div className={parts.line}>
      <h1 id={id}>{title}</h1>
      {server && <Mark server={server} />}
      {servers.length > 1 && server ? (
        <Chip
          label={say('page.server')}
          value={server.key}
          options={servers.map(each => ({ value: each.key, says: each.domain }))}
          onPick={onServer}
        />
      ) : (
        server && <Domain name={server.domain} className={page.host} />
      )}
      {aside && (
        <>
          <span className={parts.push} />
          {aside}
        </>
      )}
    </div>
    {says !== undefined && <p className={parts.soft}>{says}</p>}
    {lists && <Choice {...lists} />}
  </header>
)
