import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import { NOTE_LENGTH } from '../../../../shared/contract/notes.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useWords } from '../../client/drafts.ts'
import { asFailure } from '../../client/use-live.ts'
import { announce } from '../../ui/announce.tsx'
import { Button } from '../../ui/Button.tsx'
import controls from '../../ui/controls.module.css'
import { Key } from '../../ui/Keys.tsx'
import parts from '../../ui/parts.module.css'
import { Trouble } from '../../ui/Trouble.tsx'
import styles from './Notes.module.css'
import { fieldHasFocus, leaveField, placeOf, useWriting } from './store.ts'

/** From here on the field says how much room is left. */
const NEARLY_FULL = 200

type Shown = {
  slot: string
  /** Whom the note is about. */
  who: string
  /** What stands in it before anything is typed. */
  text: string
  onKeep(text: string): Promise<unknown>
  /** The focus goes back to where one works. */
  onLeave(): void
}

/** The field of a note: Ctrl or Cmd with Enter keeps it, Escape leaves it with its draft. */
export const NoteField = ({ slot, who, text: before, onKeep, onLeave }: Shown) => {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const { words, keep: keepDraft, drop: dropDraft } = useWords(placeOf(slot), { text: before })
  const { text } = words
  const wanted = useWriting(writing => writing.wanted)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  useEffect(() => {
    const area = field.current
    if (!wanted || !area) return
    area.focus()
    // One goes on where one left off.
    area.setSelectionRange(area.value.length, area.value.length)
    fieldHasFocus()
  }, [wanted])
  const empty = text.trim() === ''
  const left = NOTE_LENGTH - text.length
  const keep = async () => {
    if (busy || empty) return
    setBusy(true)
    try {
      await onKeep(text)
      // Who went on meanwhile keeps the focus where it is.
      const stayed = box.current?.contains(document.activeElement) ?? false
      dropDraft()
      leaveField(slot)
      announce(say('notes.kept'))
      if (stayed) onLeave()
    } catch (error) {
      setFailure(asFailure(error))
      setBusy(false)
    }
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    // The desk hears Escape too, and gives the focus back to the queue.
    if (event.key === 'Escape') leaveField(slot)
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    if (!event.repeat) void keep()
  }
  return (
    <div className={styles.form} ref={box}>
      <label className={controls.label} htmlFor={id}>
        {say('notes.field', { who })}
      </label>
      <textarea
        ref={field}
        id={id}
        className={controls.field}
        rows={4}
        maxLength={NOTE_LENGTH}
        dir="auto"
        value={text}
        readOnly={busy}
        onChange={event => keepDraft({ text: event.target.value })}
        onKeyDown={pressed}
      />
      {left <= NEARLY_FULL && <p className={parts.quiet}>{say('notes.left', { left })}</p>}
      {failure && <Trouble failure={failure} />}
      <div className={styles.actions}>
        <Button
          look="primary"
          aria-keyshortcuts="Control+Enter Meta+Enter"
          disabled={empty}
          onClick={() => void keep()}
        >
          {say('notes.keep')}
          <Key>{`${say('key.control')} ${say('key.enter')}`}</Key>
        </Button>
        <Button
          aria-keyshortcuts="Escape"
          onClick={() => {
            leaveField(slot)
            onLeave()
          }}
        >
          {say('notes.leave')}
          <Key>{say('key.escape')}</Key>
        </Button>
      </div>
    </div>
  )
}
