import { Dialog as Base } from '@base-ui/react/dialog'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { say } from '../../../shared/messages/say.ts'
import { isComposing } from './chord.ts'
import dialog from './Dialog.module.css'
import { focusAtOnce } from './focus-at-once.ts'
import { Icon } from './Icon.tsx'
import styles from './Palette.module.css'
import parts from './parts.module.css'
import { useModal } from './use-modal.ts'

/** One thing that can be chosen. `key` names it among all of them. */
export type PaletteOption = {
  key: string
  icon: ReactNode
  says: ReactNode
  note?: ReactNode
  /** What stands at the end of its line, such as its key. */
  end?: ReactNode
  /** Stays open for what comes of it. */
  stays?: boolean
  run(): void
}
export type PaletteGroup = { key: string; title: string; options: readonly PaletteOption[] }

type Shown = {
  open: boolean
  onClose(): void
  text: string
  onText(text: string): void
  groups: readonly PaletteGroup[]
  /** More is on its way: Enter waits for it. */
  reading: boolean
  /** What is going on, or that there is nothing; read out. */
  status: string
}

type Line = { id: string; option: PaletteOption; isCurrent: boolean; onPick(option: PaletteOption): void }

const OptionLine = ({ id, option, isCurrent, onPick }: Line) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isCurrent) box.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and its keys choose
    // biome-ignore lint/a11y/useFocusableInteractive: the field names the current option by aria-activedescendant
    <div
      ref={box}
      id={id}
      role="option"
      aria-selected={isCurrent}
      className={styles.option}
      onClick={() => onPick(option)}
    >
      {option.icon}
      <span className={parts.cut}>{option.says}</span>
      {option.note !== undefined && <span className={styles.note}>{option.note}</span>}
      {option.end !== undefined && <span className={styles.end}>{option.end}</span>}
    </div>
  )
}

/** One field over the desk that finds and does things: a combobox whose list is always open. */
export const Palette = ({ open, onClose, text, onText, groups, reading, status }: Shown) => {
  const id = useId()
  const [current, setCurrent] = useState('')
  const picked = useRef<PaletteOption>(undefined)
  const [waits, setWaits] = useState(false)
  const options = groups.flatMap(group => group.options)
  const at = Math.max(
    0,
    options.findIndex(option => option.key === current),
  )
  const chosen = options[at]
  const idOf = (option: PaletteOption) => `${id}-${option.key}`
  const pick = (option: PaletteOption) => {
    if (option.stays) return option.run()
    // First the focus goes back to where it was: what is done then finds the desk as its key would.
    picked.current = option
    onClose()
  }
  const pressed = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const isToggle = (event.ctrlKey || event.metaKey) && event.code === 'KeyK'
    if (step === 0 && event.key !== 'Enter' && !isToggle) return
    event.preventDefault()
    if (isToggle) onClose()
    else if (step !== 0) setCurrent(options[(at + step + options.length) % options.length]?.key ?? '')
    else if (!event.repeat) setWaits(true)
  }
  // A pasted address and Enter at once: what was meant is what will be found, not what stands there yet.
  useEffect(() => {
    if (!waits || reading) return
    setWaits(false)
    if (chosen) pick(chosen)
  })
  const popup = useRef<HTMLDivElement>(null)
  useModal(open, popup)
  return (
    <Base.Root
      open={open}
      onOpenChange={next => next || onClose()}
      onOpenChangeComplete={isOpen => {
        if (isOpen) return
        const option = picked.current
        picked.current = undefined
        setCurrent('')
        option?.run()
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={dialog.backdrop} />
        <Base.Popup ref={popup} className={styles.palette} aria-label={say('palette.label')}>
          <div className={styles.ask}>
            <Icon name="search" />
            <input
              ref={focusAtOnce}
              className={styles.field}
              role="combobox"
              aria-expanded="true"
              aria-controls={`${id}-list`}
              aria-autocomplete="list"
              aria-activedescendant={chosen ? idOf(chosen) : undefined}
              aria-label={say('palette.label')}
              placeholder={say('palette.hint')}
              autoComplete="off"
              spellCheck={false}
              dir="auto"
              value={text}
              onChange={event => {
                setCurrent('')
                setWaits(false)
                onText(event.target.value)
              }}
              onKeyDown={pressed}
            />
          </div>
          <div className={styles.list} role="listbox" id={`${id}-list`} aria-label={say('palette.results')}>
            {groups.map(group => (
              // biome-ignore lint/a11y/useSemanticElements: a fieldset belongs into no listbox
              <div key={group.key} role="group" aria-labelledby={`${id}-g-${group.key}`}>
                <span className={styles.title} id={`${id}-g-${group.key}`}>
                  {group.title}
                </span>
                {group.options.map(option => (
                  <OptionLine
                    key={option.key}
                    id={idOf(option)}
                    option={option}
                    isCurrent={option === chosen}
                    onPick={pick}
                  />
                ))}
              </div>
            ))}
          </div>
          <p className={styles.status} role="status">
            {status}
          </p>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
