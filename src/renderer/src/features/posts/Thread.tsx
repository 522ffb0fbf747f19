import { useState } from 'react'
import type { ThreadPost } from '../../../../shared/contract/posts.ts'
import { domainText } from '../../../../shared/domain-name.ts'
import { say } from '../../../../shared/messages/say.ts'
import { ContentTree } from '../../ui/ContentTree.tsx'
import { cx } from '../../ui/cx.ts'
import { ago, language, moment } from '../../ui/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import parts from '../../ui/parts.module.css'
import { Trouble } from '../../ui/Trouble.tsx'
import { Words } from '../../ui/Words.tsx'
import type { Answer } from './asked.ts'
import { Poll } from './Poll.tsx'
import styles from './Thread.module.css'
import type { Thread as Read } from './use-asked.ts'

type Given = { now: number; about: string; reported: ReadonlySet<string>; onLink(href: string): void }

/** One post around the reported one: closed behind its warning, its media counted and never offered. */
const Around = ({ post, now, about, reported, onLink }: Given & { post: ThreadPost }) => {
  const [open, setOpen] = useState(post.warning === '')
  const lang = post.language ?? undefined
  return (
    <li className={cx(styles.post, post.author.id === about && styles.theirs)}>
      <p className={styles.meta}>
        <bdi className={styles.who}>@{domainText(post.author.acct)}</bdi>
        {post.answers !== null && post.answers !== post.author.acct && (
          <span className={parts.cut}>
            <Words code="thread.answers" values={{ who: <bdi>@{domainText(post.answers)}</bdi> }} />
          </span>
        )}
        <span className={parts.push} />
        {reported.has(post.id) && <strong>{say('thread.reported')}</strong>}
        {post.edited && <span>{say('thread.edited')}</span>}
        {lang && <span>{language(lang)}</span>}
        <time dateTime={new Date(post.createdAt).toISOString()} title={moment(post.createdAt)}>
          {ago(now - post.createdAt)}
        </time>
      </p>
      {post.warning !== '' && (
        <button type="button" className={styles.warned} aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name="eye-off" small />
          <span className={parts.cut}>
            <Words
              code="posts.warning"
              values={{
                warning: (
                  <strong dir="auto" lang={lang}>
                    {post.warning}
                  </strong>
                ),
              }}
            />
          </span>
        </button>
      )}
      {open && <ContentTree content={post.content} lang={post.language} onLink={onLink} className={styles.text} />}
      {open && post.poll && <Poll poll={post.poll} />}
      {post.media.length > 0 && <p className={parts.quiet}>{say('thread.media', { count: post.media.length })}</p>}
    </li>
  )
}

const Side = ({ posts, label, ...given }: Given & { posts: readonly ThreadPost[]; label: string }) =>
  posts.length === 0 ? null : (
    <>
      <p className={styles.side}>{label}</p>
      <ol aria-label={label}>
        {posts.map(post => (
          <Around key={post.id} post={post} {...given} />
        ))}
      </ol>
    </>
  )

/** The thread around a reported post, as its server shows it to the signed-in account now. */
export const Thread = ({ answer, ...given }: Given & { answer: Answer<Read> }) => {
  const { busy, data, failure } = answer
  return (
    <section className={styles.thread} aria-label={say('thread.title')} aria-busy={busy}>
      {busy && (
        <p className={parts.quiet} role="status">
          {say('thread.reading')}
        </p>
      )}
      {failure && <Trouble failure={failure} />}
      {data && data.before.length + data.after.length === 0 && <p className={parts.quiet}>{say('thread.alone')}</p>}
      {data && (
        <>
          <Side posts={data.before} label={say('thread.before')} {...given} />
          <Side posts={data.after} label={say('thread.after')} {...given} />
          {data.left > 0 && <p className={parts.quiet}>{say('thread.left', { count: data.left })}</p>}
          <p className={parts.quiet}>{say('thread.not-kept')}</p>
        </>
      )}
    </section>
  )
}
