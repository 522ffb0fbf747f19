import { type ReactNode, useEffect, useRef } from 'react'
import type { Post } from '../../../../shared/contract/posts.ts'
import { say } from '../../../../shared/messages/say.ts'
import { Button } from '../../ui/Button.tsx'
import { ContentTree } from '../../ui/ContentTree.tsx'
import { ago, language, moment, number, time } from '../../ui/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import { HintOf, KeyOf, useShortcut } from '../../ui/Keys.tsx'
import parts from '../../ui/parts.module.css'
import { Words } from '../../ui/Words.tsx'
import { Poll } from './Poll.tsx'
import styles from './Posts.module.css'
import { Thread } from './Thread.tsx'
import type { AskedPosts } from './use-asked.ts'
import { Versions } from './Versions.tsx'

/** What is said of a post that is not, or may not be, on its server any more; nothing of one that is, or was not looked for. */
const Standing = ({ post }: { post: Post }) => {
  if (post.standing === 'there' || post.standing === 'not-looked') return null
  return (
    <p className={styles.standing}>
      <Icon name={post.standing === 'untold' ? 'unknown' : 'eye-off'} small />
      <span>
        {say(`posts.standing.${post.standing}`)}{' '}
        {post.lookedAt !== null && post.standing !== 'out' && (
          <span className={parts.quiet}>{say('posts.looked', { at: time(post.lookedAt) })}</span>
        )}
      </span>
    </p>
  )
}

const Meta = ({ post, now }: { post: Post; now: number }) => {
  const lang = post.language ?? undefined
  return (
    <p className={styles.meta}>
      <time dateTime={new Date(post.createdAt).toISOString()} title={moment(post.createdAt)}>
        {ago(now - post.createdAt)}
      </time>
      <span>{say(`visibility.${post.visibility}`)}</span>
      {post.editedAt !== null && <span>{say('posts.edited', { ago: ago(now - post.editedAt) })}</span>}
      {post.isReply && <span>{say('posts.reply')}</span>}
      {lang && <span className={parts.cut}>{language(lang)}</span>}
      {post.reports > 1 && (
        <span className={parts.push}>{say('posts.in-reports', { count: number(post.reports) })}</span>
      )}
    </p>
  )
}

const Warning = ({ post, isOpen, onToggle }: { post: Post; isOpen: boolean; onToggle(): void }) => {
  const button = useRef<HTMLButtonElement>(null)
  // A key may have opened what stands outside of the view.
  useEffect(() => {
    if (isOpen) button.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpen])
  return (
    <button ref={button} type="button" className={styles.warned} aria-expanded={isOpen} onClick={onToggle}>
      <Icon name="eye-off" />
      <span className={parts.cut}>
        <Words
          code="posts.warning"
          values={{
            warning: (
              <strong dir="auto" lang={post.language ?? undefined}>
                {post.warning}
              </strong>
            ),
          }}
        />
      </span>
      <span className={parts.push} />
      <HintOf command="peek">{say(isOpen ? 'posts.hide-text' : 'posts.show-text')}</HintOf>
    </button>
  )
}

type Shown = {
  post: Post
  now: number
  /** Whether its warning was opened. */
  isOpen: boolean
  onToggle(): void
  /** A report says that something is illegal: no text until asked for, by hand alone. */
  veil: { isOpen: boolean; onToggle(): void } | null
  asked: AskedPosts
  about: string
  reported: ReadonlySet<string>
  /** The first one shows the keys. */
  first: boolean
  media: ReactNode
  onLink(href: string): void
  onServer(address: string): void
}

/** A reported post as it was kept: text in its own language and direction, closed behind its warning, its media veiled, and what its server says of it now. */
export const PostView = ({ post, now, veil, asked, first, media, onLink, ...given }: Shown) => {
  const hidden = veil !== null && !veil.isOpen
  const closed = post.warning !== '' && !given.isOpen
  const shortcut = useShortcut('thread')
  const thread = asked.thread(post.id)
  const versions = asked.versions(post.id)
  const wasEdited = post.editedAt !== null || post.copies > 1
  return (
    <article className={styles.post}>
      <Meta post={post} now={now} />
      <Standing post={post} />
      {veil && (
        <Button className={styles.veiled} aria-expanded={veil.isOpen} onClick={veil.onToggle}>
          <Icon name="eye-off" small />
          {say(veil.isOpen ? 'legal.hide-text' : 'legal.show-text')}
        </Button>
      )}
      {!hidden && post.warning !== '' && <Warning post={post} isOpen={given.isOpen} onToggle={given.onToggle} />}
      {!hidden && !closed && (
        <ContentTree content={post.content} lang={post.language} onLink={onLink} className={styles.text} />
      )}
      {!hidden && !closed && post.poll && <Poll poll={post.poll} />}
      {media}
      <div className={styles.foot}>
        {!hidden && (
          <Button
            look="bare"
            aria-expanded={thread !== undefined}
            aria-keyshortcuts={first ? shortcut : undefined}
            onClick={() => asked.askThread(post.id)}
          >
            <Icon name="thread" small />
            {say('thread.show')}
            {first && <KeyOf command="thread" />}
          </Button>
        )}
        {!hidden && !closed && wasEdited && (
          <Button look="bare" aria-expanded={versions !== undefined} onClick={() => asked.askVersions(post.id)}>
            <Icon name="log" small />
            {say('versions.show')}
          </Button>
        )}
        <Button look="bare" onClick={() => given.onServer(post.webAdmin)}>
          <Icon name="out" small />
          {say('posts.on-server')}
        </Button>
      </div>
      {!hidden && !closed && versions && <Versions answer={versions} language={post.language} onLink={onLink} />}
      {!hidden && thread && (
        <Thread answer={thread} now={now} about={given.about} reported={given.reported} onLink={onLink} />
      )}
    </article>
  )
}
