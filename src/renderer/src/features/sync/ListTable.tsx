import type { SyncedList } from '../../../../shared/contract/sync.ts'
import { say } from '../../../../shared/messages/say.ts'
import { ago, number } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './Sync.module.css'

/** `412 of about 1,630`, as far as it can be known. */
const pagesOf = ({ pages, pagesLeft }: SyncedList) =>
  pagesLeft === null || pagesLeft === 0
    ? number(pages)
    : say('sync.pages-of', { pages: number(pages), all: number(pages + pagesLeft) })

/** Whether it is not read, and that is no one's wish. */
const isBad = ({ state }: SyncedList) => state === 'failed' || state === 'refused'

const Row = ({ list, now }: { list: SyncedList; now: number }) => (
  <tr>
    <th scope="row">{say(`list.${list.list}`)}</th>
    <td className={isBad(list) ? styles.bad : undefined}>{say(`list-state.${list.state}`)}</td>
    {/* What is never read has no numbers. */}
    {list.state === 'not-permitted' ? (
      <td colSpan={3} />
    ) : (
      <>
        <td className={styles.num}>{number(list.rows)}</td>
        <td className={styles.num}>{pagesOf(list)}</td>
        <td className={styles.num}>{list.sweptAt === null ? say('sync.not-swept') : ago(now - list.sweptAt)}</td>
      </>
    )}
  </tr>
)

/** All lists of a server, in numbers, and how long ago each was looked through for what changed elsewhere; those that the role may not read too, and that it is so. */
export const ListTable = ({ lists, label }: { lists: readonly SyncedList[]; label: string }) => {
  const now = useNow(10_000)
  return (
    <table className={styles.counts} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{say('sync.column-list')}</th>
          <th scope="col">{say('sync.column-state')}</th>
          <th scope="col" className={styles.num}>
            {say('sync.column-rows')}
          </th>
          <th scope="col" className={styles.num}>
            {say('sync.column-pages')}
          </th>
          <th scope="col" className={styles.num}>
            {say('sync.column-swept')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lists.map(list => (
          <Row key={list.list} list={list} now={now} />
        ))}
      </tbody>
    </table>
  )
}
