import { type ReactNode, useId } from 'react'
import type { AccountName } from '../../../../shared/contract/accounts.ts'
import type { Category } from '../../../../shared/contract/reports.ts'
import { say } from '../../../../shared/messages/say.ts'
import { languageTag } from '../../../../shared/template-text.ts'
import { visibleControls } from '../../../../shared/visible-text.ts'
import { kindName } from '../../ui/decision-words.ts'
import { language } from '../../ui/format.ts'
import parts from '../../ui/parts.module.css'
import { Words } from '../../ui/Words.tsx'
import styles from './MailPreview.module.css'

/** What the server's mail quotes by itself of the report that is answered. `rules`: their texts. */
export type Cited = { category: Category; rules: readonly string[]; posts: number }

/** What is known of who gets the mail. `locale`: as the server names it. `cited`: null where no report is answered. */
export type Letter = { locale: string | null; cited: Cited | null }

const Theirs = ({ children }: { children: ReactNode }) => <li className={styles.theirs}>{children}</li>

type Shown = {
  account: AccountName
  kind: Parameters<typeof kindName>[0]
  letter: Letter
  text: string
  /** The language of the template that the text began as; empty where it is not known. */
  written: string
}

/**
 * The mail in the order in which the member reads it. The server's own sentences are named and not quoted: only it knows them, in the
 * member's language.
 */
export const MailPreview = ({ account, kind, letter: { locale, cited }, text, written }: Shown) => {
  const id = useId()
  const tag = languageTag(locale)
  return (
    <figure className={styles.mail} aria-labelledby={id}>
      <figcaption id={id}>
        <Words code="preview.title" values={{ name: <bdi>@{visibleControls(account.username)}</bdi> }} />{' '}
        <span className={parts.quiet}>
          {tag === null ? say('preview.language-unknown') : say('preview.language', { language: language(tag) })}
        </span>
      </figcaption>
      <ol>
        <Theirs>{say(kind === 'account.warn' ? 'preview.warns' : 'preview.opens', { what: kindName(kind) })}</Theirs>
        {text.trim() === '' ? (
          <Theirs>{say('preview.no-text')}</Theirs>
        ) : (
          <li className={styles.text} dir="auto" lang={written}>
            {text}
          </li>
        )}
        {cited && cited.category !== 'other' && (
          <Theirs>{say('preview.reason', { category: say(`category.${cited.category}`) })}</Theirs>
        )}
        {cited?.category === 'violation' &&
          cited.rules.map(rule => (
            <li key={rule} className={styles.rule} dir="auto" lang="">
              {rule}
            </li>
          ))}
        {cited !== null && cited.posts > 0 && <Theirs>{say('preview.posts', { count: cited.posts })}</Theirs>}
        <Theirs>{say('preview.ends')}</Theirs>
      </ol>
    </figure>
  )
}
