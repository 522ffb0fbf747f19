import { useId } from 'react'
import { say } from '../../../../shared/messages/say.ts'
import { useServers } from '../../client/servers.tsx'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Choice.tsx'
import controls from '../../ui/controls.module.css'
import { cx } from '../../ui/cx.ts'
import styles from './Filters.module.css'
import { decisionKinds, type Filters, happenings, noFilters, setFilter, type Typed, useLogFilters } from './store.ts'

const Field = ({ name }: { name: Exclude<Typed, 'text'> }) => {
  const value = useLogFilters(log => log.filters[name])
  const says = say(`log.filter.${name}`)
  return (
    <input
      type="search"
      className={cx(controls.field, styles.field)}
      aria-label={says}
      placeholder={says}
      size={Math.max(9, says.length)}
      maxLength={200}
      value={value}
      onChange={event => setFilter(name, event.target.value)}
    />
  )
}

const Day = ({ name }: { name: 'from' | 'to' }) => {
  const value = useLogFilters(log => log.filters[name])
  const id = useId()
  return (
    <span className={styles.day}>
      <label htmlFor={id}>{say(`log.filter.${name}`)}</label>
      <input
        id={id}
        type="date"
        className={cx(controls.field, styles.date)}
        max="9999-12-31"
        value={value}
        onChange={event => setFilter(name, event.target.value)}
      />
    </span>
  )
}

/** Decisions by kind, then what happened: two groups of one menu. */
const Kinds = () => {
  const kind = useLogFilters(log => log.filters.kind)
  return (
    <select
      className={controls.chip}
      aria-label={say('log.filter.kind')}
      value={kind}
      onChange={event => setFilter('kind', event.target.value)}
    >
      <option value="">{say('log.filter.any-kind')}</option>
      <optgroup label={say('log.filter.decisions')}>
        {decisionKinds.map(each => (
          <option key={each} value={each}>
            {say(`log.kind.${each}`)}
          </option>
        ))}
      </optgroup>
      <optgroup label={say('log.filter.happenings')}>
        {happenings.map(each => (
          <option key={each} value={each}>
            {say(`log.what.${each}`)}
          </option>
        ))}
      </optgroup>
    </select>
  )
}

const isSet = (filters: Filters) => Object.values(filters).some(value => value !== '')

/** What narrows the log: all that is given must fit. */
export const FilterPart = () => {
  const { filters } = useLogFilters()
  const servers = useServers()
  return (
    <search className={styles.filters} aria-label={say('log.filters')}>
      {servers.length > 1 && (
        <Chip
          label={say('log.filter.server')}
          value={filters.server}
          options={[
            { value: '', says: say('log.filter.any-server') },
            ...servers.map(({ key, domain }) => ({ value: key, says: domain })),
          ]}
          onPick={value => setFilter('server', value)}
        />
      )}
      <Chip
        label={say('log.filter.source')}
        value={filters.source}
        options={[
          { value: '', says: say('log.filter.any-source') },
          { value: 'did', says: say('log.filter.did') },
          { value: 'saw', says: say('log.filter.saw') },
        ]}
        onPick={value => setFilter('source', value)}
      />
      <Kinds />
      <Field name="moderator" />
      <Field name="target" />
      <Field name="domain" />
      <Field name="rule" />
      <Field name="report" />
      <Day name="from" />
      <Day name="to" />
      {isSet(filters) && (
        <Button look="bare" onClick={() => useLogFilters.setState({ filters: noFilters, starts: [] })}>
          {say('log.filter.clear')}
        </Button>
      )}
    </search>
  )
}
