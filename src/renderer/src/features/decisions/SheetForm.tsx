import type { ReactNode } from 'react'
import { say } from '../../../../shared/messages/say.ts'
import { Choice } from '../../ui/Choice.tsx'
import controls from '../../ui/controls.module.css'
import { TextField } from '../../ui/TextField.tsx'
import { TypeName } from '../../ui/TypeName.tsx'
import styles from './Sheet.module.css'

/** `typed`: the name, where the rung asks for it. */
export type Reasons = { text: string; note: string; mail: boolean; rules: string[]; typed: string }

type Shown = {
  /** What this kind takes besides. */
  fields: ReactNode
  canMail: boolean
  isMember: boolean
  /** Why the name is to be typed, and which; null where there is no such care. */
  brake: { says: string; name: string } | null
  rules: readonly { id: string; text: string }[]
  templates: ReactNode
  reasons: Reasons
  onChange(reasons: Reasons): void
}

/** Which rules it rests on, what the member is told, what stands in the log, and whether a mail goes out. */
export const SheetForm = ({ fields, canMail, isMember, brake, rules, templates, reasons, onChange }: Shown) => {
  const toggle = (id: string) =>
    onChange({
      ...reasons,
      rules: reasons.rules.includes(id) ? reasons.rules.filter(rule => rule !== id) : [...reasons.rules, id],
    })
  return (
    <div className={styles.form}>
      {fields !== null && <div data-fields="">{fields}</div>}
      {rules.length > 0 && (
        <fieldset>
          <legend className={controls.label}>{say('sheet.rules')}</legend>
          {rules.map(rule => (
            <label key={rule.id} className={controls.check}>
              <input type="checkbox" checked={reasons.rules.includes(rule.id)} onChange={() => toggle(rule.id)} />
              <span dir="auto">{rule.text}</span>
            </label>
          ))}
        </fieldset>
      )}
      {isMember && (
        <TextField
          label={say('sheet.text')}
          rows={3}
          value={reasons.text}
          onChange={text => onChange({ ...reasons, text })}
        >
          {templates}
        </TextField>
      )}
      <TextField label={say('sheet.note')} value={reasons.note} onChange={note => onChange({ ...reasons, note })} />
      {brake && (
        <TypeName
          says={brake.says}
          name={brake.name}
          typed={reasons.typed}
          onType={typed => onChange({ ...reasons, typed })}
        />
      )}
      {canMail && (
        <div>
          <span className={controls.label} aria-hidden="true">
            {say('sheet.mail')}
          </span>
          <Choice
            label={say('sheet.mail-label')}
            value={reasons.mail ? 'send' : 'none'}
            options={[
              { value: 'send', says: say('sheet.mail-send') },
              { value: 'none', says: say('sheet.mail-none') },
            ]}
            onPick={value => onChange({ ...reasons, mail: value === 'send' })}
          />
        </div>
      )}
    </div>
  )
}
