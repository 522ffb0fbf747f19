import { type ReactNode, useId } from 'react'
import type { DecisionKind } from '../../../shared/contract/decisions.ts'
import type { Category } from '../../../shared/contract/reports.ts'
import { say } from '../../../shared/messages/say.ts'
import { isForeign, languageTag } from '../../../shared/template-text.ts'
import { language } from './format.ts'
import styles from './MailPreview.module.css'
import parts from './parts.module.css'

/** What the server's mail quotes by itself of the report that is answered. `rules`: their texts. */
export type Cited = { category: Category; rules: readonly string[]; posts: number }

/** What of the server's own words is told for each kind that mails a member. */
const mailed = ['account.warn', 'account.sensitive', 'account.limit', 'account.freeze', 'account.suspend'] as const
const isMailed = (kind: DecisionKind): kind is (typeof mailed)[number] => mailed.some(each => each === kind)

const Theirs = ({ children }: { children: ReactNode }) => <li className={styles.theirs}>{children}</li>

const Quoted = ({ cited }: { cited: Cited | 'each' | null }) => {
  if (cited === null) return null
  if (cited === 'each') return <Theirs>{say('preview.each')}</Theirs>
  return (
    <>
      {cited.category !== 'other' && (
        <Theirs>{say('preview.reason', { category: say(`category.${cited.category}`) })}</Theirs>
      )}
      {cited.category === 'violation' &&
        cited.rules.map(rule => (
          <li key={rule} className={styles.rule} dir="auto" lang="">
            {rule}
          </li>
        ))}
      {cited.posts > 0 && <Theirs>{say('preview.posts', { count: cited.posts })}</Theirs>}
    </>
  )
}

type Shown = {
  /** Whose mail it is, and in which language the server's words will be. */
  title: ReactNode
  kind: DecisionKind
  /** `each`: of each one's own report. Null where no report is answered. */
  cited: Cited | 'each' | null
  text: string
  /** The language of the template that the text began as; empty where it is not known. */
  written: string
  /** The language of who reads it, as their server names it; null where it is not known, or not one. */
  reader: string | null
}

/**
 * The mail in the order in which the member reads it. What the server says of its own is told by what it says, not quoted: its sentences are the
 * server's, in the member's language.
 */
export const MailPreview = ({ title, kind, cited, text, written, reader }: Shown) => {
  const id = useId()
  const tag = languageTag(reader)
  return (
    <figure className={styles.mail} aria-labelledby={id}>
      <figcaption id={id}>{title}</figcaption>
      <ol>
        {isMailed(kind) && <Theirs>{say(`preview.opens.${kind}`)}</Theirs>}
        {isMailed(kind) && kind !== 'account.warn' && <Theirs>{say(`preview.explains.${kind}`)}</Theirs>}
        {text.trim() === '' ? (
          <Theirs>{say('preview.no-text')}</Theirs>
        ) : (
          <li className={styles.text} dir="auto" lang={written}>
            {text}
          </li>
        )}
        <Quoted cited={cited} />
        <Theirs>{say('preview.ends')}</Theirs>
      </ol>
      {text.trim() !== '' && tag !== null && isForeign(written, tag) && (
        <p className={parts.strong}>{say('preview.foreign', { written: language(written), reads: language(tag) })}</p>
      )}
    </figure>
  )
}
