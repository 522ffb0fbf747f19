import { useState } from 'react'
import { Severity } from '../../../../shared/contract/domains.ts'
import type { ServerKey } from '../../../../shared/contract/ids.ts'
import { say, sayCode } from '../../../../shared/messages/say.ts'
import { useWords } from '../../client/drafts.ts'
import type { Output } from '../../client/question.ts'
import { Button } from '../../ui/Button.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { ConsequenceText } from '../../ui/ConsequenceText.tsx'
import controls from '../../ui/controls.module.css'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/Icon.tsx'
import parts from '../../ui/parts.module.css'
import { TextField } from '../../ui/TextField.tsx'
import { Trouble } from '../../ui/Trouble.tsx'
import { TypeName } from '../../ui/TypeName.tsx'
import styles from './Domains.module.css'
import type { Deciding } from './deciding.ts'
import { changesOf, commentsOf, type Form, formOf, isHarsher, placeOf } from './form.ts'

type Page = Output<'domains.show'>

const Check = ({ says, checked, onChange }: { says: string; checked: boolean; onChange(is: boolean): void }) => (
  <label className={controls.check}>
    <input type="checkbox" checked={checked} onChange={event => onChange(event.target.checked)} />
    {says}
  </label>
)

type Shown = {
  server: ServerKey
  page: Page
  asked: Severity | undefined
  graceSeconds: number
  deciding: Deciding
  /** A suspension is being thought about: its numbers are needed. */
  onHarsher(is: boolean): void
}

/** A new block or a change of the one there is, with what the chosen severity does in the server's numbers. */
export const BlockForm = ({ server, page, asked, graceSeconds, deciding, onHarsher }: Shown) => {
  const { block, domain, effects, brakes } = page
  const [chosen, setChosen] = useState(() => formOf(block, asked))
  const { words, keep, drop } = useWords(placeOf(server, domain, block), commentsOf(block))
  const form: Form = { ...chosen, privateComment: words.private, publicComment: words.public }
  const [typed, setTyped] = useState('')
  const kind = block ? 'domain.change' : 'domain.block'
  const harsher = isHarsher(form, block)
  const brake = harsher
    ? form.severity === 'suspend' && block?.severity !== 'suspend'
      ? brakes.suspend
      : brakes.less
    : null
  const changes = changesOf(form, block)
  const nothing = Object.keys(changes).length === 0
  const { refusals } = page
  const refusal = block ? (harsher ? refusals.harsher : refusals.change) : refusals.block
  const set = (more: Partial<typeof chosen>) => {
    const next = { ...chosen, ...more }
    setChosen(next)
    onHarsher(isHarsher({ ...form, ...next }, block) && next.severity === 'suspend')
  }
  const cannot = refusal !== null || nothing || (brake !== null && typed.trim() !== domain)
  const arm = () => {
    if (cannot) return
    void deciding.arm(kind, changes, typed.trim(), drop)
  }
  const raised = harsher && form.severity !== block?.severity
  const lighter = block !== null && !harsher && form.severity !== block.severity
  // What is in force already is no consequence of the next step.
  const severityTold = block === null || raised ? effects[form.severity] : lighter ? effects.lift : []
  const told = [
    ...severityTold,
    ...(form.rejectMedia && !block?.rejectMedia && form.severity !== 'suspend' ? effects.media : []),
  ]
  return (
    <section className={styles.part} aria-labelledby="block-h">
      <div className={parts.partHead}>
        <h2 id="block-h">{say(block ? 'domains.change-h' : 'domains.block-h')}</h2>
      </div>
      {refusal !== null && (
        <p className={parts.error}>
          <Icon name="failed" />
          <span>{sayCode(refusal)}</span>
        </p>
      )}
      <div className={styles.form}>
        <Choice
          label={say('domains.severity')}
          value={form.severity}
          options={Severity.options.map(value => ({ value, says: say(`severity.${value}`) }))}
          onPick={severity => set({ severity })}
        />
        {told.length > 0 && (
          <ul className={styles.effects} aria-label={say('sheet.effects')}>
            {told.map(each => (
              <li key={each.code}>
                <ConsequenceText says={each} />
              </li>
            ))}
          </ul>
        )}
        <fieldset className={styles.checks}>
          <legend className={parts.unseen}>{say('domains.also')}</legend>
          <Check
            says={say('domains.reject-media')}
            checked={form.rejectMedia}
            onChange={rejectMedia => set({ rejectMedia })}
          />
          <Check
            says={say('domains.reject-reports')}
            checked={form.rejectReports}
            onChange={rejectReports => set({ rejectReports })}
          />
          <Check says={say('domains.obfuscate')} checked={form.obfuscate} onChange={obfuscate => set({ obfuscate })} />
        </fieldset>
        <div className={styles.comments}>
          <TextField
            label={say('domains.private-comment')}
            value={form.privateComment}
            onChange={comment => keep({ private: comment })}
          />
          <TextField
            label={say('domains.public-comment')}
            value={form.publicComment}
            onChange={comment => keep({ public: comment })}
          />
        </div>
        {brake !== null && refusal === null && (
          <TypeName says={sayCode(brake, { name: domain })} name={domain} typed={typed} onType={setTyped} />
        )}
      </div>
      {deciding.trouble && <Trouble failure={deciding.trouble} />}
      <div className={styles.acts}>
        <Button
          look={form.severity === 'suspend' && harsher ? 'danger' : 'primary'}
          aria-disabled={cannot || deciding.busy}
          onClick={arm}
        >
          {say('domains.hold', {
            seconds: graceSeconds,
            what: say(block === null || raised ? `domains.do.${form.severity}` : 'domains.do-change'),
          })}
        </Button>
        {block && (
          <Button
            aria-disabled={page.refusals.lift !== null || deciding.busy}
            onClick={() => void deciding.arm('domain.lift', {}, '', drop)}
          >
            <Icon name="undo" small />
            {say('domains.do-lift')}
          </Button>
        )}
        <span className={parts.push} />
        {block && nothing && <span className={parts.quiet}>{say('field.nothing-changed')}</span>}
      </div>
      {block && (
        <p className={cx(parts.quiet, styles.small)}>
          <ConsequenceText says={effects.lift[0] ?? { code: '', values: {}, gone: false }} />
        </p>
      )}
    </section>
  )
}
