import { say } from '../../../shared/messages/say.ts'
import { chordOf, useBindings } from '../ui/bindings.ts'
import { capsOf, isTyped } from '../ui/chord.ts'
import { type Command, commandNames, commandParts, commands } from '../ui/commands.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Hint, Key } from '../ui/Keys.tsx'
import { ScrollArea } from '../ui/ScrollArea.tsx'
import { still } from '../ui/still.ts'
import { hrefOf } from './route.ts'
import styles from './ShortcutsDialog.module.css'

type Line = { chords: readonly string[]; says: string }

/** The keys of fields, which belong to no command. */
const fieldKeys = (): Line[] => [{ chords: ['Mod+Enter'], says: say('keys.keep-note') }]

const useParts = () => {
  const bindings = useBindings()
  const also = (command: Command) => (commands[command].also ?? []).filter(chord => bindings.letters || !isTyped(chord))
  return commandParts.map(part => {
    const lines = commandNames
      .filter(command => commands[command].part === part)
      .map(command => {
        const main = chordOf(command, bindings)
        return { chords: [...(main === undefined ? [] : [main]), ...also(command)], says: say(commands[command].says) }
      })
    return { title: say(`keys.${part}`), lines: part === 'case' ? [...lines, ...fieldKeys()] : lines }
  })
}

/** All keys, opened with `?`. */
export const ShortcutsDialog = still(({ open, onClose }: { open: boolean; onClose(): void }) => {
  const keyParts = useParts()
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={say('keys.title')}
      wide
      aside={<Hint keys={[say('key.escape')]}>{say('sheet.back')}</Hint>}
      foot={
        <a href={hrefOf({ screen: 'settings' })} onClick={onClose}>
          {say('keys.change')}
        </a>
      }
    >
      <ScrollArea className={styles.keys} label={say('keys.title')}>
        <div className={styles.columns}>
          {keyParts.map(({ title, lines }) => (
            <section key={title}>
              <h3>{title}</h3>
              <dl>
                {lines
                  .filter(({ chords }) => chords.length > 0)
                  .map(({ chords, says }) => (
                    <div key={chords.join()}>
                      <dt>
                        {chords.map(chord => (
                          <span key={chord} className={styles.chord}>
                            {capsOf(chord).map(cap => (
                              <Key key={cap}>{cap}</Key>
                            ))}
                          </span>
                        ))}
                      </dt>
                      <dd>{says}</dd>
                    </div>
                  ))}
              </dl>
            </section>
          ))}
        </div>
      </ScrollArea>
    </Dialog>
  )
})
