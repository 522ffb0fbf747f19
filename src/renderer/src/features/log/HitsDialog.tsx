import { useRef } from 'react'
import { say, sayCode } from '../../../../shared/messages/say.ts'
import type { Output } from '../../client/question.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import parts from '../../ui/parts.module.css'
import { ScrollArea } from '../../ui/ScrollArea.tsx'
import styles from './Dialogs.module.css'

type Hits = Output<'log.hits'>

/** What a file without personal values would still tell of people, before it is written. */
export const HitsDialog = ({ found, onWrite, onClose }: { found: Hits; onWrite(): void; onClose(): void }) => {
  const back = useRef<HTMLButtonElement>(null)
  const { hits, total } = found
  return (
    <Dialog
      open
      onClose={onClose}
      title={say('hits.title')}
      focus={back}
      foot={
        <>
          <Button ref={back} onClick={onClose}>
            {say('sheet.back')}
          </Button>
          <Button onClick={onWrite}>{say('hits.write', { total })}</Button>
        </>
      }
    >
      <p>{say('hits.says', { total })}</p>
      <ScrollArea className={styles.scroll} label={say('hits.title')}>
        <table className={styles.grid}>
          <thead>
            <tr>
              <th scope="col">{say('log.column-seq')}</th>
              <th scope="col">{say('hits.fact')}</th>
              <th scope="col">{say('hits.looks-like')}</th>
              <th scope="col">{say('hits.text')}</th>
            </tr>
          </thead>
          <tbody>
            {hits.map(hit => (
              <tr key={`${hit.seq} ${hit.fact} ${hit.text}`}>
                <td className={parts.quiet}>{hit.seq}</td>
                <td>{hit.fact}</td>
                <td>{sayCode(`hits.looks-like.${hit.looksLike}`)}</td>
                <td>
                  <bdi className={styles.text}>{hit.text}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
      {total > hits.length && <p className={parts.quiet}>{say('hits.more', { more: total - hits.length })}</p>}
    </Dialog>
  )
}
