import { type ReactNode, useState } from 'react'
import type { ServerKey } from '../../../../shared/contract/ids.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import type { ServerSync } from '../../../../shared/contract/sync.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { useEngine } from '../../client/engine.tsx'
import { asFailure } from '../../client/use-live.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { Domain } from '../../ui/Domain.tsx'
import { dayAndTime, exactTime, seconds, span, time } from '../../ui/format.ts'
import { handOn } from '../../ui/hand-on.ts'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Words } from '../../ui/Words.tsx'
import styles from './Sync.module.css'

const nameOf = (server: Server) => <strong>{<Domain name={server.domain} />}</strong>

/** Looking at once, in place of when it would be by itself. */
const useTryNow = (server: ServerKey) => {
  const engine = useEngine()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState('')
  const tryNow = () => {
    setBusy(true)
    setRefusal('')
    engine
      .call('sync.now', { server })
      .catch(error => setRefusal(sayFailure(asFailure(error))))
      .finally(() => setBusy(false))
  }
  const button = (
    <Button onClick={tryNow} disabled={busy}>
      {say('sync.try-now')}
    </Button>
  )
  return { button, refusal }
}

type Framed = {
  look: 'trouble' | 'refused'
  icon: IconName
  /** Nothing where it is of no one server. */
  server?: Server
  act?: ReactNode
  children: ReactNode
}

/** A strip above a screen: its glyph, the server that it is about, what is said, and what can be done. */
const Strip = ({ look, icon, server, act, children }: Framed) => (
  <div ref={handOn} className={cx(styles.strip, styles[look])}>
    <Icon name={icon} />
    {server && <Mark server={server} />}
    <span className={styles.says}>
      <span>{children}</span>
      {act}
    </span>
  </div>
)

/** Whether what came was an answer, though none that can be read. */
export const isStrange = ({ failure }: ServerSync) => failure?.code === 'upstream'

/** A server that does not answer, or with what cannot be read: since when, why where that is known, when it is tried again; what is here can still be read. */
export const OfflineStrip = ({ server, sync }: { server: Server; sync: ServerSync }) => {
  const now = useNow(1000)
  const { button, refusal } = useTryNow(server.key)
  const left = sync.nextAt === null ? null : Math.max(0, Math.ceil((sync.nextAt - now) / 1000))
  const reason = sync.failure?.detail.reason
  // That there is no answer stands before it; that there was a strange one does not.
  const isTold = reason === undefined ? sync.failure?.code !== 'upstream' : reason === 'failure.resting'
  const why = sync.failure && !isTold ? sayFailure(sync.failure) : ''
  return (
    <Strip look="trouble" icon="offline" server={server} act={button}>
      <span role="status">
        <Words
          code={isStrange(sync) ? 'sync.fails-since' : 'sync.offline-since'}
          values={{ server: nameOf(server), at: time(sync.offlineSince ?? now) }}
        />{' '}
        {why}
      </span>
      {/* A number that counts down is read when one comes to it, not called out every second. */}
      {left !== null && <span> {say('sync.next-try', { left: seconds(left) })}</span>}
      <span role="status"> {refusal === why ? '' : refusal}</span>
    </Strip>
  )
}

/** A disk that does not take what was read: of no one server, so it stands there once. */
export const DiskStrip = ({ sync, failure }: { sync: ServerSync; failure: NonNullable<ServerSync['failure']> }) => {
  const { button } = useTryNow(sync.server)
  return (
    <Strip look="refused" icon="unknown" act={button}>
      <span role="status">
        {sayFailure(failure)} {say('sync.disk')}
      </span>
    </Strip>
  )
}

/** Whether a server lets its own account in no more, though the sign-in stands. */
export const isShut = (sync: ServerSync | undefined): sync is ServerSync =>
  sync?.failure?.detail.reason === 'failure.login-closed'

/** A server that lets its own account in no more: why, and another try once that was seen to. */
export const ShutStrip = ({ server, sync }: { server: Server; sync: ServerSync }) => {
  const { button } = useTryNow(server.key)
  return (
    <Strip look="refused" icon="lock" server={server} act={button}>
      <span role="status">
        {nameOf(server)} · {sync.failure && sayFailure(sync.failure)}
      </span>
    </Strip>
  )
}

/** A server whose role for us was changed, so that it shows no reports: what is here is as it was then. `page`: where someone else goes on. */
export const RoleStrip = ({ server, page }: { server: Server; page: ReactNode }) => {
  const { button, refusal } = useTryNow(server.key)
  return (
    <Strip look="refused" icon="lock" server={server} act={button}>
      <span role="status">
        <Words code="sync.role-lost" values={{ server: nameOf(server) }} />
      </span>{' '}
      <Words code="sync.role-elsewhere" values={{ page }} /> <span role="status">{refusal}</span>
    </Strip>
  )
}

/** A server that refused the token: nothing is lost, and one link away from being well again. */
export const SignedOutStrip = ({ server, href }: { server: Server; href: string }) => (
  <Strip
    look="refused"
    icon="lock"
    server={server}
    act={
      <a className={buttonClass('primary')} href={href}>
        {say('sync.sign-in-again')}
      </a>
    }
  >
    <span role="status">
      <Words code="sync.signed-out" values={{ server: nameOf(server) }} />
    </span>
  </Strip>
)

/** A server that asked us to wait: until when, and that all of it goes on by itself then. */
export const WaitStrip = ({ server, until }: { server: Server; until: number }) => (
  <Strip look="trouble" icon="held" server={server}>
    <span role="status">
      <Words code="sync.asks-to-wait" values={{ server: nameOf(server), at: exactTime(until) }} />
    </span>
  </Strip>
)

/** A server that was put back to an earlier state: what is lost there, and, where something was not sent, where that waits (`href`). */
export const WentBackStrip = ({
  server,
  lostFrom,
  href,
}: {
  server: Server
  lostFrom: number
  href: string | null
}) => {
  const engine = useEngine()
  const now = useNow(60_000)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState('')
  const note = () => {
    setBusy(true)
    engine
      .call('servers.noteWentBack', { server: server.key })
      .catch(error => setRefusal(sayFailure(asFailure(error))))
      .finally(() => setBusy(false))
  }
  return (
    <Strip
      look="refused"
      icon="unknown"
      server={server}
      act={
        <span className={styles.acts}>
          {href !== null && (
            <a className={buttonClass('primary')} href={href}>
              {say('sync.went-back-waiting')}
            </a>
          )}
          <Button onClick={note} disabled={busy}>
            {say('sync.went-back-noted')}
          </Button>
        </span>
      }
    >
      <span role="status">
        <span className={styles.headline}>
          <Words code="sync.went-back" values={{ server: nameOf(server) }} />
        </span>{' '}
        {say('sync.went-back-lost', { from: dayAndTime(lostFrom, now) })}{' '}
        {href !== null && <strong>{say('sync.went-back-unsent')}</strong>} {say('sync.went-back-kept')} {refusal}
      </span>
    </Strip>
  )
}

/** The clocks of a server and of this computer differ: what is shown of times is off by as much. */
export const ClockStrip = ({ server }: { server: Server }) => (
  <Strip look="trouble" icon="unknown" server={server}>
    <span role="status">
      <Words
        code={server.clockAheadMs > 0 ? 'clock.ahead' : 'clock.behind'}
        values={{ server: nameOf(server), by: span(Math.abs(server.clockAheadMs)) }}
      />
    </span>
  </Strip>
)
