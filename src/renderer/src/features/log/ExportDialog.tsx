import { useRef } from 'react'
import type { LogEntry, LogFormat } from '../../../../shared/contract/log.ts'
import { say, sayCode, sayFailure } from '../../../../shared/messages/say.ts'
import { sayEntry } from '../../../../shared/messages/say-log.ts'
import type { Output } from '../../client/question.ts'
import { useLive } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { moment } from '../../ui/format.ts'
import parts from '../../ui/parts.module.css'
import { ScrollArea } from '../../ui/ScrollArea.tsx'
import styles from './Dialogs.module.css'
import { Facts } from './Entries.tsx'

type Hits = Output<'log.hits'>

/** So many of the newest entries are shown. */
const SHOWN = 3

/** What looks like a person in the file, though personal values are left out. */
const Found = ({ found: { hits, total } }: { found: Hits }) => (
  <div>
    <h3>{say('hits.title')}</h3>
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
  </div>
)

type Shown = {
  format: LogFormat
  /** What looks like a person; null where personal values go along anyway. */
  found: Hits | null
  onWrite(): void
  onClose(): void
}

const without = (entry: LogEntry): LogEntry => ({ ...entry, personal: {} })

/** What goes into the file, before it is written: how much, whose, and how it will read. */
export const ExportDialog = ({ format, found, onWrite, onClose }: Shown) => {
  const [back, write] = [useRef<HTMLButtonElement>(null), useRef<HTMLButtonElement>(null)]
  const live = useLive('log.page', { limit: SHOWN })
  const total = found?.total ?? 0
  // Entries are numbered from one, without a gap: the newest says how many there are, however many that is.
  const [newest] = live.data?.entries ?? []
  return (
    <Dialog
      open
      onClose={onClose}
      title={say('log.preview.title')}
      focus={found === null || total > 0 ? back : write}
      foot={
        <>
          <Button ref={write} look="primary" onClick={onWrite}>
            {total > 0 ? say('hits.write', { total }) : say('log.preview.write')}
          </Button>
          <Button ref={back} onClick={onClose}>
            {say('sheet.back')}
          </Button>
        </>
      }
    >
      {newest && <p>{say('log.preview.whole', { entries: newest.seq })}</p>}
      {live.failure && <p role="alert">{sayFailure(live.failure)}</p>}
      <p>{say(`log.preview.${format}`)}</p>
      <p>{say(found === null ? 'log.preview.with' : 'log.preview.without')}</p>
      {found && total > 0 && <Found found={found} />}
      {live.data && (
        <div>
          <h3>{say('log.preview.newest')}</h3>
          <ScrollArea className={styles.scroll} label={say('log.preview.newest')}>
            <ol className={styles.newest}>
              {live.data.entries.map(found === null ? entry => entry : without).map(entry => (
                <li key={entry.seq}>
                  <span className={parts.quiet}>
                    {entry.seq} · {moment(entry.at)}
                  </span>{' '}
                  {sayEntry(entry)}
                  <Facts entry={entry} />
                </li>
              ))}
            </ol>
          </ScrollArea>
        </div>
      )}
    </Dialog>
  )
}
