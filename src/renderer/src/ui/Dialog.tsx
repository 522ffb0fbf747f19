import { Dialog as Base } from '@base-ui/react/dialog'
import { type ReactNode, type RefObject, useCallback, useRef } from 'react'
import { cx } from './cx.ts'
import styles from './Dialog.module.css'
import { focusAtOnce } from './focus-at-once.ts'
import { useModal } from './use-modal.ts'

type Shown = {
  open: boolean
  onClose(): void
  title: ReactNode
  /** What stands at the end of the title's line. */
  aside?: ReactNode
  /** As wide as the window lets it be: for what stands in columns. */
  wide?: boolean
  children: ReactNode
  foot?: ReactNode
  /** Where the focus goes first; else the first thing that takes it. */
  focus?: RefObject<HTMLElement | null>
  /** Where the focus goes at the end, asked then; nothing: where it came from. */
  focusAfter?: (() => HTMLElement | null) | undefined
}

/** A modal panel over the desk: named by its title, left by Esc, giving the focus back. */
export const Dialog = ({ open, onClose, title, aside, wide, children, foot, focus, focusAfter }: Shown) => {
  const popup = useRef<HTMLDivElement>(null)
  useModal(open, popup)
  const first = useRef(focus)
  const shown = useCallback((box: HTMLDivElement | null) => {
    popup.current = box
    if (box) focusAtOnce(first.current?.current)
  }, [])
  return (
    <Base.Root open={open} onOpenChange={next => next || onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup
          ref={shown}
          className={cx(styles.popup, wide && styles.wide)}
          {...(focus ? { initialFocus: focus } : {})}
          {...(focusAfter ? { finalFocus: () => focusAfter() ?? true } : {})}
        >
          <div className={styles.head}>
            <Base.Title>{title}</Base.Title>
            {aside}
          </div>
          <div className={styles.body}>{children}</div>
          {foot && <div className={styles.foot}>{foot}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
