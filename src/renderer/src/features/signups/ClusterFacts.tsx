import type { Cluster } from '../../../../shared/contract/signups.ts'
import { say } from '../../../../shared/messages/say.ts'
import type { Output } from '../../client/question.ts'
import controls from '../../ui/controls.module.css'
import { number, time } from '../../ui/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import parts from '../../ui/parts.module.css'
import styles from './Signups.module.css'
import { sharedWords } from './words.ts'

type Whole = Output<'signups.cluster'>

const Shares = ({ whole, count }: { whole: Whole; count: number }) => (
  <section aria-labelledby="shares-h">
    <div className={parts.partHead}>
      <h2 id="shares-h">{say('signups.what-shared')}</h2>
    </div>
    {whole.shares.length === 0 ? (
      <p className={parts.quiet}>{say('signups.nothing-shared')}</p>
    ) : (
      <table className={styles.shares}>
        <tbody>
          {whole.shares.map(each => (
            <tr key={`${each.pattern} ${each.says}`}>
              <td>
                <bdi>{sharedWords(each)}</bdi>
              </td>
              <td>
                <progress className={controls.meter} max={count} value={each.count} aria-hidden="true" />
              </td>
              <td className={parts.num}>{number(each.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </section>
)

const Against = ({ cluster, whole }: { cluster: Cluster; whole: Whole }) => {
  const { ownReason, invited, alone } = whole.against
  const says = [
    ownReason > 0 && say('signups.but.own-reason', { count: ownReason }),
    invited > 0 && say('signups.but.invited', { count: invited }),
    cluster.confirmed > 0 && say('signups.but.confirmed', { count: cluster.confirmed }),
    cluster.pattern !== 'all' && cluster.pattern !== 'none' && alone > 0 && say('signups.but.alone', { count: alone }),
    cluster.pattern === 'mail' && say('signups.but.provider'),
  ].filter(each => each !== false)
  return (
    <section aria-labelledby="against-h">
      <div className={parts.partHead}>
        <h2 id="against-h">{say('signups.what-against')}</h2>
      </div>
      {says.length === 0 ? (
        <p className={parts.quiet}>{say('signups.nothing-against')}</p>
      ) : (
        <ul className={styles.against}>
          {says.map(each => (
            <li key={each}>
              <Icon name="warn" small />
              <span>{each}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const [WIDTH, HEIGHT] = [540, 56]

const Times = ({ times }: Pick<Whole, 'times'>) => {
  const peak = Math.max(1, ...times.map(each => each.count))
  const first = times[0]
  const last = times.at(-1)
  const width = WIDTH / Math.max(12, times.length)
  if (!first || !last) return null
  const values = { from: time(first.at), to: time(last.at), peak }
  return (
    <section aria-labelledby="times-h">
      <div className={parts.partHead}>
        <h2 id="times-h">{say('signups.when')}</h2>
        <span className={parts.sum}>{say('signups.peak', { peak })}</span>
      </div>
      <svg
        className={styles.bars}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={say('signups.chart', values)}
      >
        {times.map(({ at, count }, n) => (
          <rect
            key={at}
            x={n * width}
            y={HEIGHT - (count * HEIGHT) / peak}
            width={Math.max(1, width - 2)}
            height={(count * HEIGHT) / peak}
            fill="currentColor"
          />
        ))}
      </svg>
      <p className={styles.axis}>
        <span>{values.from}</span>
        <span>{values.to}</span>
      </p>
    </section>
  )
}

/** What the people of a cluster share, what speaks against rejecting them all, and when they came. */
export const ClusterFacts = ({ cluster, whole }: { cluster: Cluster; whole: Whole }) => (
  <div className={styles.two}>
    <Shares whole={whole} count={cluster.count} />
    <div>
      <Against cluster={cluster} whole={whole} />
      <Times times={whole.times} />
    </div>
  </div>
)
