import { Category } from '../../../../shared/contract/reports.ts'
import { say } from '../../../../shared/messages/say.ts'
import { Choice } from '../../ui/Choice.tsx'
import controls from '../../ui/controls.module.css'
import parts from '../../ui/parts.module.css'

export type Filing = { category: Category; rules: readonly string[] }

/** A violation is one of some rule. */
export const isComplete = ({ category, rules }: Filing) => category !== 'violation' || rules.length > 0

type Shown = {
  filing: Filing
  /** The rules that it can be a violation of. */
  rules: readonly { id: string; text: string }[]
  onChange(filing: Filing): void
}

/** Under which category a report is filed, and of which rules it is a violation. */
export const CategoryPart = ({ filing, rules, onChange }: Shown) => {
  const toggle = (id: string) =>
    onChange({
      ...filing,
      rules: filing.rules.includes(id) ? filing.rules.filter(rule => rule !== id) : [...filing.rules, id],
    })
  return (
    <>
      <Choice
        label={say('categorise.category')}
        value={filing.category}
        options={Category.options.map(value => ({ value, says: say(`category.${value}`) }))}
        onPick={category => onChange({ ...filing, category })}
      />
      {filing.category === 'violation' && (
        <fieldset>
          <legend className={controls.label}>{say('categorise.rules')}</legend>
          {rules.length === 0 && <p className={parts.quiet}>{say('categorise.no-rules')}</p>}
          {rules.map(rule => (
            <label key={rule.id} className={controls.check}>
              <input type="checkbox" checked={filing.rules.includes(rule.id)} onChange={() => toggle(rule.id)} />
              <span dir="auto">{rule.text}</span>
            </label>
          ))}
          {!isComplete(filing) && rules.length > 0 && <p className={parts.quiet}>{say('field.rules-needed')}</p>}
        </fieldset>
      )}
    </>
  )
}
