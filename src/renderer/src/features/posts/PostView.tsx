import type { Media, Post } from '../../../../shared/contract/posts.ts'
import { say } from '../../../../shared/messages/say.ts'
import { ContentTree } from '../../ui/ContentTree.tsx'
import { ago, language, moment, number } from '../../ui/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import { HintOf } from '../../ui/Keys.tsx'
import parts from '../../ui/parts.module.css'
import { Words } from '../../ui/Words.tsx'
import styles from './Posts.module.css'

const icons = { image: 'image', gifv: 'film', video: 'film', audio: 'sound', unknown: 'image' } as const

const duration = (seconds: number) => `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`

/** What stands in place of a picture: nothing is fetched. */
const Veil = ({ media }: { media: Media }) => {
  const size = media.width !== null && media.height !== null ? `${media.width} × ${media.height}` : ''
  return (
    <li className={styles.veil}>
      <Icon name={icons[media.type]} />
      <span>{say(`media.${media.type}`, { size, time: media.duration === null ? '' : duration(media.duration) })}</span>
      {media.description === null || media.description === '' ? (
        <span className={styles.told}>{say('media.undescribed')}</span>
      ) : (
        <span className={styles.told} dir="auto">
          {media.description}
        </span>
      )}
    </li>
  )
}

const Poll = ({ poll }: { poll: NonNullable<Post['poll']> }) => (
  <div className={styles.poll}>
    <p className={parts.quiet}>{say(poll.multiple ? 'posts.poll-several' : 'posts.poll')}</p>
    <ul>
      {poll.options.map((option, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: options have no id, and two may read the same
        <li key={index}>
          <bdi>{option.title}</bdi>
          {option.votes !== null && <span className={parts.quiet}>{say('posts.votes', { count: option.votes })}</span>}
        </li>
      ))}
    </ul>
  </div>
)

type Shown = { post: Post; now: number; isOpen: boolean; onToggle(): void; onLink(href: string): void }

/** A reported post as it was kept: text in its own language and direction, closed behind its warning, media described only. */
export const PostView = ({ post, now, isOpen, onToggle, onLink }: Shown) => {
  const lang = post.language ?? undefined
  const closed = post.warning !== '' && !isOpen
  return (
    <article className={styles.post}>
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
      {post.warning !== '' && (
        <button type="button" className={styles.warned} aria-expanded={isOpen} onClick={onToggle}>
          <Icon name="eye-off" />
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
          <span className={parts.push} />
          <HintOf command="peek">{say(isOpen ? 'posts.hide-text' : 'posts.show-text')}</HintOf>
        </button>
      )}
      {!closed && <ContentTree content={post.content} lang={post.language} onLink={onLink} className={styles.text} />}
      {!closed && post.poll && <Poll poll={post.poll} />}
      {post.media.length > 0 && (
        <ul className={styles.veils} aria-label={say('media.list')}>
          {post.media.map((media, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: attachments have no id here and never change places
            <Veil key={index} media={media} />
          ))}
        </ul>
      )}
    </article>
  )
}
