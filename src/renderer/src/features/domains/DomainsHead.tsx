import { type RefObject, useId } from 'react'
import type { Server } from '../../../../shared/contract/servers.ts'
import { say, sayCode, sayFailure } from '../../../../shared/messages/say.ts'
import { useEngine } from '../../client/engine.tsx'
import { asFailure } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Choice.tsx'
import controls from '../../ui/controls.module.css'
import { cx } from '../../ui/cx.ts'
import { Domain } from '../../ui/Domain.tsx'
import listHead from '../../ui/list-head.module.css'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import styles from './Domains.module.css'
import { useTable } from './store.ts'

const severities = ['any', 'suspend', 'silence', 'noop'] as const
const also = ['any', 'media', 'reports', 'obfuscate', 'comment'] as const
const sorts = ['domain', 'newest', 'severity'] as const

type Shown = {
  server: Server
  total: number | undefined
  /** Goes to the page of a domain, blocked or not. */
  onDomain(domain: string): void
  field: RefObject<HTMLInputElement | null>
}

/** What the table shows: found by domain or comment, filtered, sorted. What reads as a domain has a page, blocked or not. */
export const DomainsHead = ({ server, total, onDomain, field }: Shown) => {
  const engine = useEngine()
  const { search, problem, severity, also: besides, sort } = useTable()
  const id = useId()
  const go = () =>
    engine.call('domains.read', { text: search.slice(0, 2000) }).then(
      read => {
        if (read.domain === null) return useTable.setState({ problem: sayCode(read.problem ?? '') })
        useTable.setState({ search: '', problem: null })
        onDomain(read.domain)
      },
      (error: unknown) => useTable.setState({ problem: sayFailure(asFailure(error)) }),
    )
  return (
    <div className={listHead.head}>
      <div className={parts.line}>
        <h1 className={listHead.title}>{say('domains.title')}</h1>
        {total !== undefined && <span className={listHead.sum}>{say('domains.sum', { total })}</span>}
        <Mark server={server} />
        <Domain name={server.domain} className={cx(parts.soft, parts.cut)} />
      </div>
      <div className={listHead.tools}>
        <label className={parts.unseen} htmlFor={id}>
          {say('domains.search')}
        </label>
        <input
          ref={field}
          id={id}
          className={cx(controls.field, styles.search)}
          type="search"
          placeholder={say('domains.search')}
          autoComplete="off"
          spellCheck={false}
          value={search}
          aria-invalid={problem !== null}
          {...(problem === null ? {} : { 'aria-describedby': `${id}-problem` })}
          onChange={event => useTable.setState({ search: event.target.value, problem: null })}
          onKeyDown={event => event.key === 'Enter' && void go()}
        />
        <Button onClick={() => void go()}>{say('domains.open')}</Button>
      </div>
      {problem !== null && (
        <p className={parts.error} role="alert" id={`${id}-problem`}>
          {problem}
        </p>
      )}
      <div className={listHead.tools}>
        <Chip
          label={say('domains.severity')}
          value={severity}
          options={severities.map(value => ({ value, says: say(`domains.severity.${value}`) }))}
          onPick={value => useTable.setState({ severity: value })}
        />
        <Chip
          label={say('domains.also')}
          value={besides}
          options={also.map(value => ({ value, says: say(`domains.also-any.${value}`) }))}
          onPick={value => useTable.setState({ also: value })}
        />
        <Chip
          label={say('domains.sort')}
          value={sort}
          options={sorts.map(value => ({ value, says: say(`domains.sort.${value}`) }))}
          onPick={value => useTable.setState({ sort: value })}
        />
      </div>
    </div>
  )
}
