import { useState } from 'react'
import type { ServerKey } from '../../../../shared/contract/ids.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import { say } from '../../../../shared/messages/say.ts'
import { shortName, useWords } from '../../client/drafts.ts'
import parts from '../../ui/parts.module.css'
import { BeginSignIn } from './BeginSignIn.tsx'
import styles from './SignIn.module.css'
import { TokenSignIn } from './TokenSignIn.tsx'
import type { Begun } from './use-begin.ts'
import { WaitForServer } from './WaitForServer.tsx'

type Shown = {
  /** Nothing is here yet: a word of welcome. */
  first: boolean
  /** The address to begin with, and the server, where one is to be signed in to again. */
  url: string
  server?: ServerKey | undefined
  onDone(server: Server): void
  onBack?: (() => void) | undefined
}

/** Sign-in: the server's address, then the person's browser; or a pasted token, folded away. */
export const SignIn = ({ first, url: given, server, onDone, onBack }: Shown) => {
  const [sent, setSent] = useState(given)
  const key = given === '' ? 'new' : shortName(given)
  const { words, keep, drop } = useWords({ of: 'sign-in', key }, { url: sent })
  const { url } = words
  const [begun, setBegun] = useState<Begun>()
  // What went wrong with one form says nothing about the other: it stands there while that form is in hand.
  const [inHand, setInHand] = useState<'browser' | 'token'>('browser')
  const sendTo = (next: Begun) => {
    setBegun(next)
    setSent(url)
    drop()
  }
  const done = (signedIn: Server) => {
    drop()
    onDone(signedIn)
  }
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <header>
          <h1 id="sign-in-h">{say(first ? 'sign-in.welcome' : 'sign-in.title')}</h1>
          <p className={parts.soft}>{say(first ? 'sign-in.welcome-says' : 'sign-in.says')}</p>
        </header>
        {begun ? (
          <WaitForServer key={begun.state} begun={begun} onDone={done} onEnd={() => setBegun(undefined)} />
        ) : (
          <>
            <BeginSignIn
              url={url}
              server={url === given ? server : undefined}
              onUrl={typed => keep({ url: typed })}
              inHand={inHand === 'browser'}
              onBegin={() => setInHand('browser')}
              onBegun={sendTo}
              onBack={
                onBack &&
                (() => {
                  drop()
                  onBack()
                })
              }
            />
            <details
              className={styles.other}
              onToggle={({ currentTarget }) => setInHand(currentTarget.open ? 'token' : 'browser')}
            >
              <summary>{say('sign-in.other')}</summary>
              <TokenSignIn url={url} inHand={inHand === 'token'} onBegin={() => setInHand('token')} onDone={done} />
            </details>
          </>
        )}
        <p className={styles.promise}>{say('sign-in.promise')}</p>
      </div>
    </main>
  )
}
