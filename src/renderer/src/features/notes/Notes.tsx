import { useState } from 'react'
import type { AccountName } from '../../../../shared/contract/accounts.ts'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../../shared/contract/ids.ts'
import type { Note } from '../../../../shared/contract/notes.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { dropDraft, useDraft } from '../../client/drafts.ts'
import { useEngine } from '../../client/engine.tsx'
import { asFailure, useLive } from '../../client/use-live.ts'
import { announce } from '../../ui/announce.tsx'
import { Button } from '../../ui/Button.tsx'
import { moment, timeOrDate } from '../../ui/format.ts'
import { handleText } from '../../ui/handle-text.ts'
import { KeyOf, useShortcut } from '../../ui/Keys.tsx'
import parts from '../../ui/parts.module.css'
import { useNow } from '../../ui/use-now.ts'
import { NoteField } from './NoteField.tsx'
import styles from './Notes.module.css'
import { openField, placeOf, slotOf, useWriting } from './store.ts'

const focusIt = (button: HTMLButtonElement | null) => button?.focus()

/** Change and remove; removing asks once more, since nothing brings the note back. */
const Actions = ({ note, onRemove }: { note: Note; onRemove(): void }) => {
  const [asked, setAsked] = useState<'no' | 'now' | 'before'>('no')
  const at = moment(note.writtenAt)
  if (asked === 'now')
    return (
      <fieldset>
        <legend>{say('notes.sure')}</legend>
        <div className={styles.actions}>
          <Button ref={focusIt} onClick={() => setAsked('before')}>
            {say('notes.keep-it')}
          </Button>
          <Button look="danger" onClick={onRemove}>
            {say('notes.remove-it')}
          </Button>
        </div>
      </fieldset>
    )
  return (
    <div className={styles.actions}>
      <Button look="bare" aria-label={say('notes.change-of', { at })} onClick={() => openField(note.id)}>
        {say('notes.change')}
      </Button>
      <Button
        look="bare"
        aria-label={say('notes.remove-of', { at })}
        ref={asked === 'before' ? focusIt : undefined}
        onClick={() => setAsked('now')}
      >
        {say('notes.remove')}
      </Button>
    </div>
  )
}

const Head = ({ note: { author, writtenAt, changedAt } }: { note: Note }) => {
  const now = useNow(60_000)
  return (
    <p className={parts.quiet}>
      <bdi>@{author}</bdi>, <time title={moment(writtenAt)}>{timeOrDate(writtenAt, now)}</time>
      {changedAt !== null && (
        <>
          , <span title={moment(changedAt)}>{say('notes.changed', { at: timeOrDate(changedAt, now) })}</span>
        </>
      )}
    </p>
  )
}

type Shown = { server: ServerKey; account: AccountName; onLeave(): void }

/** What people here wrote about the account, newest first. No server has a way to take it, so it says where it stays. */
export const Notes = ({ server, account, onLeave }: Shown) => {
  const engine = useEngine()
  const live = useLive('notes.list', { server, account: account.id })
  const { open } = useWriting()
  const shortcut = useShortcut('note')
  const [failure, setFailure] = useState<Failure | null>(null)
  const slot = slotOf(server, account.id)
  const draft = useDraft(placeOf(slot))
  const trouble = failure ?? live.failure
  const who = handleText(account)
  const remove = async ({ id }: Note) => {
    try {
      await engine.call('notes.remove', { id })
      dropDraft(placeOf(id))
      announce(say('notes.removed'))
      onLeave()
    } catch (error) {
      setFailure(asFailure(error))
    }
  }
  return (
    <section aria-labelledby="notes-h" className={styles.part}>
      <div className={parts.partHead}>
        <h2 id="notes-h">{say('notes.title')}</h2>
        <span className={parts.sum}>{say('notes.only-here')}</span>
        {open !== slot && (
          <Button look="bare" className={parts.push} aria-keyshortcuts={shortcut} onClick={() => openField(slot)}>
            {say(draft ? 'notes.go-on' : 'notes.add')}
            <KeyOf command="note" />
          </Button>
        )}
      </div>
      {open === slot && (
        <NoteField
          slot={slot}
          who={who}
          text=""
          onKeep={text => engine.call('notes.add', { server, account: account.id, text })}
          onLeave={onLeave}
        />
      )}
      {trouble && (
        <p className={parts.error} role="alert">
          {sayFailure(trouble)}
        </p>
      )}
      <ul className={styles.notes}>
        {live.data?.notes.map(note => (
          <li key={note.id}>
            {open === note.id ? (
              <NoteField
                slot={note.id}
                who={who}
                text={note.text}
                onKeep={text => engine.call('notes.change', { id: note.id, text })}
                onLeave={onLeave}
              />
            ) : (
              <>
                <p className={styles.text} dir="auto">
                  {note.text}
                </p>
                <Head note={note} />
                <Actions note={note} onRemove={() => void remove(note)} />
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
