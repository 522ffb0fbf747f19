import type { SyncedList } from '../../../../shared/contract/sync.ts'
import { say } from '../../../../shared/messages/say.ts'
import { number } from '../../ui/format.ts'
import styles from './Sync.module.css'

/** `412 of about 1,630`, as far as it can be known. */
const pagesOf = ({ pages, pagesLeft }: SyncedList) =>
  pagesLeft === null || pagesLeft === 0
    ? number(pages)
    : say('sync.pages-of', { pages: number(pages), all: number(pages + pagesLeft) })

const Row = ({ list }: { list: SyncedList }) => (
  <tr>
    <th scope="row">{say(`list.${list.list}`)}</th>
    <td>{say(`list-state.${list.state}`)}</td>
    <td className={styles.num}>{number(list.rows)}</td>
    <td className={styles.num}>{pagesOf(list)}</td>
  </tr>
)

/** All lists of a server, in numbers; those that the role may not read too, and that it is so. */
export const ListTable = ({ lists, label }: { lists: readonly SyncedList[]; label: string }) => (
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
      </tr>
    </thead>
    <tbody>
      {lists.map(list => (
        <Row key={list.list} list={list} />
      ))}
    </tbody>
  </table>
)
