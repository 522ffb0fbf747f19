import { useRef } from 'react'
import { domainText } from '../../../shared/domain-name.ts'
import { say } from '../../../shared/messages/say.ts'
import { Button, buttonClass } from '../ui/Button.tsx'
import { hostOf } from '../ui/ContentTree.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { OddSays } from '../ui/Domain.tsx'
import parts from '../ui/parts.module.css'
import styles from './LinkDialog.module.css'

/** Before a link of a post is followed in a browser: its whole address, as the network knows it. */
export const LinkDialog = ({ href, onClose }: { href: string | undefined; onClose(): void }) => {
  const back = useRef<HTMLButtonElement>(null)
  const host = hostOf(href ?? '')
  const address = href !== undefined && URL.canParse(href) ? new URL(href).href : href
  return (
    <Dialog
      open={href !== undefined}
      onClose={onClose}
      title={say('link.title', { host: domainText(host) })}
      focus={back}
      foot={
        <>
          <a className={buttonClass()} href={address} target="_blank" rel="noopener noreferrer" onClick={onClose}>
            {say('link.open')}
          </a>
          <Button ref={back} onClick={onClose}>
            {say('sheet.back')}
          </Button>
        </>
      }
    >
      <OddSays domain={host.replace(/:\d+$/, '')} />
      {/* A field, so that it can be taken along without a pointer. */}
      <textarea
        className={styles.address}
        aria-label={say('link.address')}
        dir="ltr"
        readOnly
        value={address ?? ''}
        onFocus={event => event.target.select()}
      />
      <p className={parts.soft}>{say('link.says')}</p>
    </Dialog>
  )
}
