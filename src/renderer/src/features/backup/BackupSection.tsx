import { z } from 'zod'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import type { Output } from '../../client/question.ts'
import { useLive } from '../../client/use-live.ts'
import { cx } from '../../ui/cx.ts'
import { bytes, moment } from '../../ui/format.ts'
import parts from '../../ui/parts.module.css'
import styles from './Backup.module.css'
import { MakeForm } from './MakeForm.tsx'

/** What the log has of a backup, as it was written when it was made. */
const Facts = z.object({ bytes: z.number(), entries: z.number(), sealed: z.boolean() })

const lastWords = ({ entries: [last], searchedFrom }: Output<'log.page'>): string => {
  if (!last) return say(searchedFrom === null ? 'backup.never' : 'backup.last-unsure')
  const facts = Facts.safeParse(last.facts).data
  if (!facts) return moment(last.at)
  const words = { at: moment(last.at), size: bytes(facts.bytes), entries: facts.entries }
  return say(facts.sealed ? 'backup.last-sealed' : 'backup.last-open', words)
}

/** When it was last backed up, by the log: also from the command line. */
const Last = () => {
  const { data, failure } = useLive('log.page', { kind: 'vault.backed-up', limit: 1 })
  return (
    <dl className={cx(parts.pairs, styles.facts)} aria-busy={!data && !failure}>
      <dt>{say('backup.last')}</dt>
      <dd>{data ? lastWords(data) : failure ? sayFailure(failure) : say('backup.last-reading')}</dd>
    </dl>
  )
}

/** What was set aside of an earlier vault; nothing where nothing was. */
const Aside = () => {
  const { data } = useLive('backup.setAside', {})
  if (!data || data.setAside.length === 0) return null
  return (
    <>
      <h3>{say('backup.aside')}</h3>
      <p className={parts.soft}>{say('backup.aside-says')}</p>
      <ul className={styles.asides}>
        {data.setAside.map(({ name, why, at, bytes: size }) => (
          <li key={name}>
            {say(why === 'damaged' ? 'backup.aside-damaged' : 'backup.aside-restore', {
              at: moment(at),
              size: bytes(size),
            })}
            <code className={styles.command} dir="ltr">
              {say('backup.aside-command', { name })}
            </code>
          </li>
        ))}
      </ul>
    </>
  )
}

/** As `docs/backup.md` has it. */
const RESTORE = 'howdah restore howdah-backup.howdah --passphrase-stdin < passphrase.txt'

/** A backup is made here, and how it is restored is told: that takes a desk that is closed. */
export const BackupSection = () => (
  <section className={styles.part} aria-labelledby="backup-h">
    <h2 id="backup-h">{say('backup.title')}</h2>
    <p className={parts.soft}>{say('backup.says')}</p>
    <Last />
    <MakeForm />
    <Aside />
    <h3>{say('backup.restore')}</h3>
    <p className={parts.soft}>{say('backup.restore-says')}</p>
    <code className={styles.command} dir="ltr">
      {RESTORE}
    </code>
    <p className={parts.soft}>{say('backup.restore-then')}</p>
  </section>
)
