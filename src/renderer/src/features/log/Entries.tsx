import type { LogEntry } from '../../../../shared/contract/log.ts'
import { say } from '../../../../shared/messages/say.ts'
import { sayEntry } from '../../../../shared/messages/say-log.ts'
import { useServers } from '../../client/servers.tsx'
import { moment } from '../../ui/format.ts'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import { factName, factPairs, factText } from './facts.ts'
import styles from './Log.module.css'

/** Fingerprints stand short. */
const Fact = ({ name, value }: { name: string; value: unknown }) => {
  const text = factText(value, name)
  if (/^[0-9a-f]{40,}$/.test(text)) return <code title={text}>{text.slice(0, 12)}</code>
  return <bdi>{text}</bdi>
}

/** The facts of an entry, what still stands of people, and what was erased. */
export const Facts = ({ entry }: { entry: LogEntry }) => (
  <dl className={styles.facts}>
    {factPairs(entry.facts).map(([name, value]) => (
      <div key={name}>
        <dt>{factName(name)}</dt>
        <dd>
          <Fact name={name} value={value} />
        </dd>
      </div>
    ))}
    {Object.entries(entry.personal)
      .filter(([name]) => name !== 'target')
      .map(([name, value]) => (
        <div key={name} className={styles.personal}>
          <dt>{factName(name)}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    {entry.erased.map(name => (
      <div key={name}>
        <dt>{factName(name)}</dt>
        <dd className={parts.quiet}>{say('log.erased')}</dd>
      </div>
    ))}
  </dl>
)

const Row = ({ entry }: { entry: LogEntry }) => {
  const server = useServers().find(({ domain, key }) => domain === entry.server || key === entry.server)
  return (
    <tr>
      <td className={styles.seq}>{entry.seq}</td>
      <td className={styles.at}>{moment(entry.at)}</td>
      <td className={styles.from}>{server ? <Mark server={server} /> : entry.server && <bdi>{entry.server}</bdi>}</td>
      <td className={styles.what}>{sayEntry(entry)}</td>
      <td>
        <Facts entry={entry} />
      </td>
      <td className={styles.hash} title={entry.hash}>
        {entry.hash.slice(0, 12)}
      </td>
    </tr>
  )
}

/** Entries as they stand: what happened, its facts, and the beginning of its hash. */
export const Entries = ({ entries }: { entries: readonly LogEntry[] }) => (
  <table className={styles.grid}>
    <thead>
      <tr>
        <th scope="col" className={styles.seq}>
          {say('log.column-seq')}
        </th>
        <th scope="col">{say('log.column-at')}</th>
        <th scope="col">{say('log.column-server')}</th>
        <th scope="col">{say('log.column-what')}</th>
        <th scope="col">{say('log.column-facts')}</th>
        <th scope="col">{say('log.column-hash')}</th>
      </tr>
    </thead>
    <tbody>
      {entries.map(entry => (
        <Row key={entry.seq} entry={entry} />
      ))}
    </tbody>
  </table>
)
