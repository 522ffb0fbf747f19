import { useId, useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { Template } from '../../../../shared/contract/templates.ts'
import { locale, say } from '../../../../shared/messages/say.ts'
import { fillTemplate } from '../../../../shared/template-text.ts'
import { useEngine } from '../../client/engine.tsx'
import { asFailure, useLive } from '../../client/use-live.ts'
import { announce } from '../../ui/announce.tsx'
import { Button } from '../../ui/Button.tsx'
import controls from '../../ui/controls.module.css'
import { language } from '../../ui/format.ts'
import { LineField } from '../../ui/LineField.tsx'
import parts from '../../ui/parts.module.css'
import { Trouble } from '../../ui/Trouble.tsx'
import styles from './Templates.module.css'

type Draft = { id: string | null; name: string; language: string; text: string }
const blank = (): Draft => ({ id: null, name: '', language: locale().slice(0, 2), text: '' })

const Form = ({ draft, onDone }: { draft: Draft; onDone(): void }) => {
  const engine = useEngine()
  const [words, setWords] = useState(draft)
  const [trouble, setTrouble] = useState<Failure>()
  const textId = useId()
  const keep = () =>
    engine.call('templates.put', words).then(
      () => {
        announce(say('templates.kept'))
        onDone()
      },
      error => setTrouble(asFailure(error)),
    )
  const example = {
    rules: say('templates.example.rules'),
    posts: 'https://server.example/@name/1',
    appeal: 'https://server.example/disputes/strikes',
  }
  return (
    <form
      className={styles.form}
      onSubmit={event => {
        event.preventDefault()
        void keep()
      }}
    >
      <div className={styles.line}>
        <LineField
          label={say('templates.name')}
          required
          maxLength={80}
          value={words.name}
          onType={name => setWords({ ...words, name })}
        />
        <LineField
          label={say('templates.language')}
          required
          maxLength={20}
          spellCheck={false}
          value={words.language}
          onType={typed => setWords({ ...words, language: typed.trim() })}
        />
      </div>
      <label className={controls.label} htmlFor={textId}>
        {say('templates.text')}
      </label>
      <textarea
        id={textId}
        className={controls.field}
        required
        rows={6}
        maxLength={2000}
        dir="auto"
        value={words.text}
        onChange={event => setWords({ ...words, text: event.target.value })}
      />
      {words.text.trim() !== '' && (
        <figure className={styles.preview}>
          <figcaption className={controls.label}>{say('templates.preview')}</figcaption>
          <p dir="auto" lang={words.language}>
            {fillTemplate(words.text, example)}
          </p>
        </figure>
      )}
      {trouble && <Trouble failure={trouble} />}
      <div className={parts.line}>
        <Button type="submit" look="primary">
          {say('templates.keep')}
        </Button>
        <Button onClick={onDone}>{say('templates.give-up')}</Button>
      </div>
    </form>
  )
}

const Row = ({ template, onChange }: { template: Template; onChange(): void }) => {
  const engine = useEngine()
  return (
    <li className={styles.row}>
      <span className={parts.cut}>{template.name}</span>
      <span className={parts.quiet}>{language(template.language)}</span>
      <span className={parts.push} />
      <Button aria-label={say('templates.change-of', { name: template.name })} onClick={onChange}>
        {say('templates.change')}
      </Button>
      <Button
        look="bare"
        aria-label={say('templates.remove-of', { name: template.name })}
        onClick={() => void engine.call('templates.remove', { id: template.id }).catch(() => {})}
      >
        {say('templates.remove')}
      </Button>
    </li>
  )
}

/** Reasons that are written once and used often: made, changed and removed here, picked in the sheet of a decision. */
export const TemplatesSection = () => {
  const { data } = useLive('templates.list', {})
  const [draft, setDraft] = useState<Draft>()
  return (
    <section aria-labelledby="templates-h">
      <h2 id="templates-h">{say('templates.title')}</h2>
      <p className={parts.soft}>{say('templates.says', { rules: '{rules}', posts: '{posts}', appeal: '{appeal}' })}</p>
      {data?.templates.length === 0 && !draft && <p className={parts.quiet}>{say('templates.none')}</p>}
      <ul>
        {data?.templates.map(template =>
          draft?.id === template.id ? (
            <li key={template.id}>
              <Form draft={draft} onDone={() => setDraft(undefined)} />
            </li>
          ) : (
            <Row key={template.id} template={template} onChange={() => setDraft(template)} />
          ),
        )}
      </ul>
      {draft && draft.id === null ? (
        <Form draft={draft} onDone={() => setDraft(undefined)} />
      ) : (
        <Button onClick={() => setDraft(blank())}>{say('templates.new')}</Button>
      )}
    </section>
  )
}
