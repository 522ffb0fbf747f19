import { say } from '../../../shared/messages/say.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Hint, Key } from '../ui/Keys.tsx'
import styles from './ShortcutsDialog.module.css'

type Line = { keys: readonly string[]; says: string }

const parts = (): { title: string; lines: Line[] }[] => [
  {
    title: say('keys.move'),
    lines: [
      { keys: ['j', 'k'], says: say('keys.next-previous') },
      { keys: [say('key.enter')], says: say('keys.open') },
      { keys: [say('key.space')], says: say('keys.peek') },
      { keys: [say('key.escape')], says: say('keys.back') },
    ],
  },
  {
    title: say('keys.case'),
    lines: [
      { keys: ['a'], says: say('keys.assign') },
      { keys: ['m'], says: say('keys.mail') },
      { keys: ['n'], says: say('keys.note') },
      { keys: [say('key.control'), say('key.enter')], says: say('keys.keep-note') },
      { keys: ['v'], says: say('keys.reveal') },
      { keys: ['o'], says: say('keys.web-admin') },
    ],
  },
  {
    title: say('keys.decide'),
    lines: [
      { keys: ['1'], says: say('kind.report.close') },
      { keys: ['2'], says: say('kind.account.warn') },
      { keys: ['3'], says: say('kind.account.sensitive') },
      { keys: ['4'], says: say('kind.account.limit') },
      { keys: ['5'], says: say('kind.account.freeze') },
      { keys: ['6'], says: say('kind.account.suspend') },
      { keys: ['z'], says: say('keys.take-back') },
      { keys: [say('key.control'), 'z'], says: say('keys.take-back') },
    ],
  },
  {
    title: say('keys.go-to'),
    lines: [
      { keys: ['g', 'r'], says: say('queue.reports') },
      { keys: ['g', 'l'], says: say('log.title') },
      { keys: ['g', ','], says: say('settings.title') },
      { keys: ['?'], says: say('keys.title') },
    ],
  },
]

/** All keys, opened with `?`. */
export const ShortcutsDialog = ({ open, onClose }: { open: boolean; onClose(): void }) => (
  <Dialog
    open={open}
    onClose={onClose}
    title={say('keys.title')}
    aside={<Hint keys={[say('key.escape')]}>{say('sheet.back')}</Hint>}
  >
    <div className={styles.keys}>
      {parts().map(({ title, lines }) => (
        <section key={title}>
          <h3>{title}</h3>
          <dl>
            {lines.map(({ keys, says }) => (
              <div key={keys.join(' ')}>
                <dt>
                  {keys.map(key => (
                    <Key key={key}>{key}</Key>
                  ))}
                </dt>
                <dd>{says}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  </Dialog>
)
