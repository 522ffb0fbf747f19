import { useId, useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { Template } from '../../../../shared/contract/templates.ts'
import { locale, say } from '../../../../shared/messages/say.ts'
import { fillTemplate } from '../../../../shared/template-text.ts'
import { dropDraft, type Place, useDraft, useWords } from '../../client/drafts.ts'
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

type Begun = { id: string | null; name: string; language: string; text: string }
const blank = (): Begun => ({ id: null, name: '', language: locale().slice(0, 2), text: '' })
const placeOf = (id: string | null): Place => ({ of: 'template', key: id ?? 'new' })

const Form = ({ begun: { id, ...before }, onDone }: { begun: Begun; onDone(): void }) => {
  const engine = useEngine()
  const { words, keep: write, drop } = useWords(placeOf(id), before)
  const [trouble, setTrouble] = useState<Failure>()
  const textId = useId()
  const keep = () =>
    engine.call('templates.put', { id, ...words }).then(
      () => {
        drop()
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
          onType={name => write({ name })}
        />
        <LineField
          label={say('templates.language')}
          required
          maxLength={20}
          spellCheck={false}
          value={words.language}
          onType={typed => write({ language: typed.trim() })}
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
        onChange={event => write({ text: event.target.value })}
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
        <Button
          onClick={() => {
            drop()
            onDone()
          }}
        >
          {say('templates.give-up')}
        </Button>
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
        onClick={() =>
          void engine.call('templates.remove', { id: template.id }).then(
            () => dropDraft(placeOf(template.id)),
            () => {},
          )
        }
      >
        {say('templates.remove')}
      </Button>
    </li>
  )
}

/** Reasons that are written once and used often: made, changed and removed here, picked in the sheet of a decision. */
export const TemplatesSection = () => {
  const { data } = useLive('templates.list', {})
  const [begun, setBegun] = useState<Begun>()
  const hasDraft = useDraft(placeOf(null)) !== undefined
  return (
    <section className={styles.part} aria-labelledby="templates-h">
      <h2 id="templates-h">{say('templates.title')}</h2>
      <p className={parts.soft}>{say('templates.says', { rules: '{rules}', posts: '{posts}', appeal: '{appeal}' })}</p>
      {data?.templates.length === 0 && !begun && <p className={parts.quiet}>{say('templates.none')}</p>}
      <ul>
        {data?.templates.map(template =>
          begun?.id === template.id ? (
            <li key={template.id}>
              <Form begun={begun} onDone={() => setBegun(undefined)} />
            </li>
          ) : (
            <Row key={template.id} template={template} onChange={() => setBegun(template)} />
          ),
        )}
      </ul>
      {begun && begun.id === null ? (
        <Form begun={begun} onDone={() => setBegun(undefined)} />
      ) : (
        <p>
          <Button onClick={() => setBegun(blank())}>{say(hasDraft ? 'templates.go-on' : 'templates.new')}</Button>
        </p>
      )}
    </section>
  )
}
