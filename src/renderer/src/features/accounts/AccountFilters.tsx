import { say } from '../../../../shared/messages/say.ts'
import controls from '../../ui/controls.module.css'
import { FilterPanel } from '../../ui/FilterPanel.tsx'
import { LineField } from '../../ui/LineField.tsx'
import parts from '../../ui/parts.module.css'
import { seek, soughtInPanel, useSought } from './store.ts'

/** What else accounts are looked for by, in a small panel; what is asked for is shown at once behind it. */
export const AccountFilters = () => {
  const { sought } = useSought()
  return (
    <FilterPanel count={soughtInPanel(sought)}>
      <LineField
        label={say('accounts.filter.domain')}
        value={sought.domain ?? ''}
        maxLength={253}
        spellCheck={false}
        onType={value => seek({ domain: value.trim() === '' ? null : value.trim().toLowerCase() })}
      />
      <LineField
        label={say('accounts.filter.email')}
        value={sought.email}
        maxLength={254}
        spellCheck={false}
        onType={email => seek({ email })}
      />
      <LineField
        label={say('accounts.filter.mail-domain')}
        value={sought.mailDomain}
        maxLength={253}
        spellCheck={false}
        onType={mailDomain => seek({ mailDomain })}
      />
      <LineField
        label={say('accounts.filter.address')}
        value={sought.address}
        maxLength={64}
        spellCheck={false}
        onType={address => seek({ address })}
      />
      <p className={parts.quiet}>{say('accounts.filter.kept')}</p>
      <label className={controls.check}>
        <input type="checkbox" checked={sought.staff} onChange={event => seek({ staff: event.target.checked })} />
        <span>{say('accounts.filter.staff')}</span>
      </label>
    </FilterPanel>
  )
}
