import { type FormEvent, useId, useRef, useState } from 'react'
import type { ServerKey } from '../../../../shared/contract/ids.ts'
import { say } from '../../../../shared/messages/say.ts'
import { Button } from '../../ui/Button.tsx'
import { LineField } from '../../ui/LineField.tsx'
import { OwnNetwork } from './OwnNetwork.tsx'
import { Scopes } from './Scopes.tsx'
import styles from './SignIn.module.css'
import { SignInFailure } from './SignInFailure.tsx'
import { type Begun, useBegin } from './use-begin.ts'

type Shown = {
  url: string
  /** The server that is signed in to once more, as long as the address is its own. */
  server: ServerKey | undefined
  onUrl(url: string): void
  /** Whether it is this form that is filled in: only then its failure is shown. */
  inHand: boolean
  onBegin(): void
  onBegun(begun: Begun): void
  onBack: (() => void) | undefined
}

/** The first step: which server, and what it will be asked for. */
export const BeginSignIn = ({ url, server, onUrl, inHand, onBegin, onBegun, onBack }: Shown) => {
  const { begin: beginAt, busy, failure: last } = useBegin(onBegun)
  const failure = inHand ? last : undefined
  const whyId = useId()
  const field = useRef<HTMLInputElement>(null)
  const [asked, setAsked] = useState({ url, byCode: false })
  const begin = async (byCode: boolean, privateAddress?: string) => {
    if (busy) return
    onBegin()
    setAsked({ url, byCode })
    if (!(await beginAt({ url: url.trim(), server, privateAddress }, byCode))) field.current?.focus()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void begin(false)
  }
  return (
    <form className={styles.form} onSubmit={submit} aria-labelledby="sign-in-h" noValidate>
      <LineField
        label={say('sign-in.url')}
        ref={field}
        autoFocus
        required
        maxLength={300}
        autoCapitalize="none"
        spellCheck={false}
        placeholder={say('sign-in.url-example')}
        value={url}
        onType={onUrl}
        {...(failure ? { 'aria-invalid': true, 'aria-describedby': whyId } : {})}
      />
      {failure && <SignInFailure id={whyId} failure={failure} />}
      {failure && asked.url === url && (
        <OwnNetwork failure={failure} busy={busy} onAgree={address => void begin(asked.byCode, address)} />
      )}
      <div className={styles.asked}>
        <p>{say('sign-in.asks-for')}</p>
        <Scopes only={['read', 'admin:read']} />
      </div>
      <p className={styles.acts}>
        <Button type="submit" look="primary" disabled={busy}>
          {say(busy ? 'sign-in.busy' : 'sign-in.by-browser')}
        </Button>
        <Button disabled={busy} onClick={() => void begin(true)}>
          {say('sign-in.by-code')}
        </Button>
        {onBack && <Button onClick={onBack}>{say('sign-in.back')}</Button>}
      </p>
    </form>
  )
}
