import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { say } from '../../../../shared/messages/say.ts'
import { calm } from '../../../../shared/visible-text.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/Icon.tsx'
import parts from '../../ui/parts.module.css'
import { Trouble } from '../../ui/Trouble.tsx'
import { type Described, mediaWords } from './described.ts'
import styles from './Pieces.module.css'
import { type Step, stepAfter, stepsOf } from './steps.ts'
import type { MediaInView } from './use-media.ts'
import type { Shown } from './viewer.ts'

/** What was fetched, as far as it is shown: no film plays by itself, none begins with sound. */
const Picture = ({ one, shown, mute }: { one: Described; shown: Shown; mute: boolean }) => {
  const { step, preview, whole } = shown
  const look = cx(styles.picture, step !== 'colour' && styles.grey, step === 'blurred' && styles.blurred)
  const alt = calm(one.description ?? '')
  if (step === 'blurred')
    return preview && <img className={look} src={preview.url} alt={alt} dir="auto" draggable={false} decoding="async" />
  if (!whole) return null
  if (whole.format.startsWith('image/'))
    return <img className={look} src={whole.url} alt={alt} dir="auto" draggable={false} decoding="async" />
  const controls = {
    className: look,
    src: whole.url,
    controls: true,
    muted: mute,
    preload: 'none',
    controlsList: 'nodownload',
    disableRemotePlayback: true,
    'aria-label': alt || mediaWords(one),
  } as const
  if (one.type === 'audio') return <audio {...controls} />
  return <video {...controls} playsInline disablePictureInPicture {...(preview ? { poster: preview.url } : {})} />
}

/** Asks once whether the host that a server's media lies on may be asked from now on. */
const Host = ({
  shown,
  view,
  server,
  onAgreed,
}: {
  shown: Shown
  view: MediaInView
  server: string
  onAgreed(): void
}) => {
  const [busy, setBusy] = useState(false)
  const { host, origin } = shown.failure?.detail ?? {}
  const agree = () => {
    setBusy(true)
    view.agree(String(origin)).then(onAgreed, () => setBusy(false))
  }
  return (
    <div className={styles.asks} role="status">
      <p>{say('media.host', { host: String(host), server })}</p>
      <p className={parts.quiet}>{say('media.host-says')}</p>
      <Button onClick={agree} disabled={busy}>
        {say('media.agree', { host: String(host) })}
      </Button>
    </div>
  )
}

const asks = { blurred: 'media.look', grey: 'media.sharpen', colour: 'media.colour', veiled: 'media.veil' } as const

type Given = { one: Described; view: MediaInView; server: string; children: ReactNode }

/** One piece: what is known of it, what of it is shown, and the next step nearer or back behind its veil. */
export const Piece = ({ one, view, server, children }: Given) => {
  const id = useId()
  const shown = view.shown(one.piece)
  const step: Step = shown?.step ?? 'veiled'
  const next = stepAfter(stepsOf(view.eyes, one.type), step, shown?.noPreview ? 'blurred' : undefined)
  const wantsHost = shown?.failure?.detail.reason === 'failure.media-host'
  const unknown = one.type === 'unknown'
  const box = useRef<HTMLLIElement>(null)
  const steps = useRef<HTMLDivElement>(null)
  const pressed = useRef(false)
  useEffect(() => {
    // A key may have asked for what stands outside of the view.
    if (step !== 'veiled' || wantsHost) box.current?.scrollIntoView({ block: 'nearest' })
    // The button that was pressed is gone with its step: the focus stays with the piece.
    if (pressed.current && document.activeElement === document.body) steps.current?.querySelector('button')?.focus()
    pressed.current = false
  }, [step, wantsHost])
  const press = (run: () => void) => () => {
    pressed.current = true
    run()
  }
  return (
    <li ref={box} className={cx(styles.piece, step !== 'veiled' && styles.open)} aria-busy={shown?.busy ?? false}>
      {shown && step !== 'veiled' && <Picture one={one} shown={shown} mute={view.eyes.mute} />}
      <div className={styles.words} id={id}>
        <Icon name={one.type === 'audio' ? 'sound' : one.type === 'image' || unknown ? 'image' : 'film'} />
        <span>
          {mediaWords(one)}, {say(`media.step.${step}`)}
        </span>
        {children}
      </div>
      {shown?.failure && !wantsHost && <Trouble failure={shown.failure} />}
      {shown && wantsHost && <Host shown={shown} view={view} server={server} onAgreed={() => view.next(one)} />}
      {!unknown && !wantsHost && (
        <div className={styles.steps} ref={steps}>
          {next && (
            <Button
              look={step === 'veiled' ? 'plain' : 'bare'}
              aria-describedby={id}
              aria-disabled={shown?.busy ?? false}
              onClick={press(() => view.next(one))}
            >
              {shown?.busy
                ? say('media.fetching')
                : say(step === 'veiled' && next !== 'blurred' ? 'media.open' : asks[next])}
            </Button>
          )}
          {step !== 'veiled' && (
            <Button look="bare" aria-describedby={id} onClick={press(() => view.veil(one.piece))}>
              {say('media.veil')}
            </Button>
          )}
        </div>
      )}
    </li>
  )
}
