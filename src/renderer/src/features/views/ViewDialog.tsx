import { type FormEvent, useId, useRef, useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import { VIEW_NAME, type View } from '../../../../shared/contract/views.ts'
import { say } from '../../../../shared/messages/say.ts'
import { asFailure } from '../../client/use-live.ts'
import { announce } from '../../ui/announce.tsx'
import { BackButton } from '../../ui/BackButton.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Key } from '../../ui/Keys.tsx'
import { LineField } from '../../ui/LineField.tsx'
import parts from '../../ui/parts.module.css'
import { Trouble } from '../../ui/Trouble.tsx'

type Shown = {
  /** The view that gets another name; none where one is made. */
  view: View | undefined
  onName(name: string): Promise<unknown>
  onRemove?: (() => Promise<unknown>) | undefined
  onClose(): void
}

/** Gives what the queue is asked for a name, or its view another one. */
export const ViewDialog = ({ view, onName, onRemove, onClose }: Shown) => {
  const [name, setName] = useState(view?.name ?? '')
  const [failure, setFailure] = useState<Failure>()
  const field = useRef<HTMLInputElement>(null)
  const formId = useId()
  const empty = name.trim() === ''
  const act = (run: () => Promise<unknown>, says: string) =>
    run().then(
      () => {
        announce(says)
        onClose()
      },
      error => setFailure(asFailure(error)),
    )
  const keep = (event: FormEvent) => {
    event.preventDefault()
    if (!empty) void act(() => onName(name), say('view.kept', { name }))
  }
  return (
    <Dialog
      open
      onClose={onClose}
      focus={field}
      title={say(view ? 'view.rename' : 'view.keep-as')}
      foot={
        <>
          <Button type="submit" form={formId} look="primary" aria-disabled={empty}>
            {say('view.keep')}
            <Key>{say('key.enter')}</Key>
          </Button>
          <BackButton onClick={onClose} />
          {onRemove && (
            <Button className={parts.push} onClick={() => void act(onRemove, say('view.removed'))}>
              {say('view.remove')}
            </Button>
          )}
        </>
      }
    >
      <form id={formId} onSubmit={keep}>
        <LineField
          label={say('view.name')}
          ref={field}
          maxLength={VIEW_NAME}
          dir="auto"
          value={name}
          onType={setName}
        />
        <p className={parts.quiet}>{say('view.says')}</p>
        {failure && <Trouble failure={failure} />}
      </form>
    </Dialog>
  )
}
