import { say } from '../../../../shared/messages/say.ts'
import { Domain } from '../../ui/Domain.tsx'
import { number } from '../../ui/format.ts'
import { LongList } from '../../ui/Late.tsx'
import parts from '../../ui/parts.module.css'
import styles from './Case.module.css'
import type { Case } from './CaseHead.tsx'

/** Reporters that a screen may show. */
const AT_ONCE = 12

/** What became of what these reporters filed before: by server or "a member", never a name. */
export const Records = ({ shown }: { shown: Case }) => {
  const { records } = shown
  if (records.length === 0) return null
  return (
    <section aria-labelledby="records-h" className={styles.before}>
      <div className={parts.partHead}>
        <h2 id="records-h">{say('records.title')}</h2>
        <span className={parts.sum}>{say('records.since')}</span>
      </div>
      <table className={styles.records} aria-describedby="records-says">
        <thead>
          <tr>
            <th scope="col">{say('records.from')}</th>
            <th scope="col" className={parts.num}>
              {say('records.filed')}
            </th>
            <th scope="col" className={parts.num}>
              {say('records.closed')}
            </th>
            <th scope="col" className={parts.num}>
              {say('records.upheld')}
            </th>
          </tr>
        </thead>
        <tbody>
          <LongList items={records} atOnce={AT_ONCE}>
            {(record, index) => (
              <tr key={index}>
                <th scope="row">
                  {record.domain === null ? (
                    say('records.member', { count: record.here })
                  ) : (
                    <Domain name={record.domain} />
                  )}
                </th>
                <td className={parts.num}>{number(record.filed)}</td>
                <td className={parts.num}>{number(record.closed)}</td>
                <td className={parts.num}>{number(record.upheld)}</td>
              </tr>
            )}
          </LongList>
        </tbody>
      </table>
      <p className={parts.quiet} id="records-says">
        {say('records.says')}
      </p>
    </section>
  )
}
