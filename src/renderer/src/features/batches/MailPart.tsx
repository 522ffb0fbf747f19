import type { ReactNode } from 'react'
import type { DecisionKind } from '../../../../shared/contract/decisions.ts'
import { say } from '../../../../shared/messages/say.ts'
import type { Output } from '../../client/question.ts'
import { Choice } from '../../ui/Choice.tsx'
import { MailPreview } from '../../ui/MailPreview.tsx'
import parts from '../../ui/parts.module.css'
import { TextField } from '../../ui/TextField.tsx'
import { mailLanguages } from './words.ts'

type Preview = Pick<Output<'batches.preview'>, 'mails' | 'readers'>

/** Puts a template into the text that all of them get, first those in the language that they read, where it is one. */
export type Templates = (reader: string | null, onText: (text: string, language: string) => void) => ReactNode

type Shown = {
  kind: DecisionKind
  preview: Preview
  /** Whether they are decided about on reports, which the mail then quotes. */
  ofReports: boolean
  /** `language`: of the template that the text began as, empty where it is not known. */
  reasons: { text: string; language: string; mail: boolean }
  templates: Templates
  onMail(mail: boolean): void
  onText(text: string, language: string): void
}

/** Whether the members among them are told, what all of them read, and in which languages. */
export const MailPart = ({ kind, preview, ofReports, reasons, templates, onMail, onText }: Shown) => {
  const { mails, readers } = preview
  const reader = readers.length === 1 ? (readers[0]?.language ?? null) : null
  return (
    <>
      <Choice
        label={say('sheet.mail-label')}
        value={reasons.mail ? 'send' : 'none'}
        options={[
          { value: 'none', says: say('sheet.mail-none') },
          { value: 'send', says: say('batch.mails', { count: mails }) },
        ]}
        onPick={value => onMail(value === 'send')}
      />
      <TextField
        label={say('batch.text')}
        rows={3}
        value={reasons.text}
        // What is written from nothing is in a language that nobody told.
        onChange={text => onText(text, text === '' ? '' : reasons.language)}
      >
        {templates(reader, onText)}
      </TextField>
      {reasons.mail ? (
        <MailPreview
          title={
            <>
              {say('preview.title-many', { count: mails })}{' '}
              <span className={parts.quiet}>{mailLanguages(readers)}</span>
            </>
          }
          kind={kind}
          cited={ofReports ? 'each' : null}
          text={reasons.text}
          written={reasons.language}
          reader={reader}
        />
      ) : (
        <p className={parts.quiet}>{say('preview.off')}</p>
      )}
    </>
  )
}
