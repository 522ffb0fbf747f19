import { Popover } from '@base-ui/react/popover'
import { say } from '../../../../shared/messages/say.ts'
import { buttonClass } from '../../ui/Button.tsx'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/Icon.tsx'
import parts from '../../ui/parts.module.css'
import styles from './Accounts.module.css'
import { seek, soughtInPanel, useSought } from './store.ts'

const Field = ({
  label,
  value,
  most,
  onChange,
}: {
  label: string
  value: string
  most: number
  onChange(value: string): void
}) => (
  <label className={styles.field}>
    <span className={controls.label}>{label}</span>
    <input
      className={controls.field}
      type="text"
      value={value}
      maxLength={most}
      autoComplete="off"
      spellCheck={false}
      onChange={event => onChange(event.target.value)}
    />
  </label>
)

/** What else accounts are looked for by, in a small panel; what is asked for is shown at once behind it. */
export const AccountFilters = () => {
  const { sought } = useSought()
  return (
    <Popover.Root>
      <Popover.Trigger className={buttonClass('plain', styles.trigger)}>
        <Icon name="filter" small />
        {say('filter.title', { count: soughtInPanel(sought) })}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className={styles.place} side="bottom" align="end" sideOffset={4} collisionPadding={8}>
          <Popover.Popup className={styles.panel}>
            <Popover.Title className={styles.panelTitle}>{say('filter.narrow')}</Popover.Title>
            <Field
              label={say('accounts.filter.domain')}
              value={sought.domain ?? ''}
              most={253}
              onChange={value => seek({ domain: value.trim() === '' ? null : value.trim().toLowerCase() })}
            />
            <Field
              label={say('accounts.filter.email')}
              value={sought.email}
              most={254}
              onChange={email => seek({ email })}
            />
            <Field
              label={say('accounts.filter.mail-domain')}
              value={sought.mailDomain}
              most={253}
              onChange={mailDomain => seek({ mailDomain })}
            />
            <Field
              label={say('accounts.filter.address')}
              value={sought.address}
              most={64}
              onChange={address => seek({ address })}
            />
            <p className={parts.quiet}>{say('accounts.filter.kept')}</p>
            <label className={controls.check}>
              <input type="checkbox" checked={sought.staff} onChange={event => seek({ staff: event.target.checked })} />
              <span>{say('accounts.filter.staff')}</span>
            </label>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
