import { type ReactNode, useEffect, useRef } from 'react'
import type { Post } from '../../../../shared/contract/posts.ts'
import { say } from '../../../../shared/messages/say.ts'
import { announce } from '../../ui/announce.tsx'
import { Button } from '../../ui/Button.tsx'
import { time } from '../../ui/format.ts'
import { handOn } from '../../ui/hand-on.ts'
import { HintOf } from '../../ui/Keys.tsx'
import { LongList } from '../../ui/Late.tsx'
import parts from '../../ui/parts.module.css'
import { still } from '../../ui/still.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './Posts.module.css'
import { PostView } from './PostView.tsx'
import { legalText, toggleOpened, useOpened } from './store.ts'
import type { AskedPosts } from './use-asked.ts'

/** Posts that a screen may show. */
const AT_ONCE = 8

type Shown = {
  posts: readonly Post[]
  /** How many more were reported, and how many of them are shown next; and how many could not be read. */
  left: number
  next: number
  unread: number
  onMore(): void
  /** How many posts the account has, and its id. */
  total: number
  about: string
  /** Names the case. */
  of: string
  /** Opens what a legal case hides; null where nothing is hidden. */
  onLegal: ((part: string) => void) | null
  asked: AskedPosts
  media(post: Post): ReactNode
  onLink(href: string): void
  onServer(address: string): void
}

/** Has it spoken that more came. Answers what to call when one asks for more. */
const useSpokenMore = (shown: number, onMore: () => void) => {
  const before = useRef<number>(null)
  useEffect(() => {
    if (before.current === null || shown <= before.current) return
    announce(say('posts.more-shown', { count: shown - before.current }))
    before.current = null
  }, [shown])
  return () => {
    before.current = shown
    onMore()
  }
}

/** The reported posts of a case: sixty at first, drawn again only when something of theirs changes. */
export const Posts = still(
  ({ posts, left, next, unread, onMore, total, about, of, onLegal, asked, media, onLink, onServer }: Shown) => {
    const now = useNow(30_000)
    const opened = useOpened(state => (state.of === of ? state.parts : undefined))
    const isOpen = (part: string) => opened?.includes(part) ?? false
    const seenAt = Math.max(...posts.map(post => post.seenAt))
    const reported = new Set(posts.map(post => post.id))
    const more = useSpokenMore(posts.length, onMore)
    const veiled = posts.some(post => post.warning !== '' || post.media.length > 0) && onLegal === null
    return (
      <section aria-labelledby="posts-h">
        <div className={parts.partHead}>
          <h2 id="posts-h">{say('posts.title')}</h2>
          {posts.length > 0 && (
            <span className={parts.sum}>
              {say('posts.sum', { count: posts.length + left, total, at: time(seenAt) })}
            </span>
          )}
          <span className={parts.push} />
          {veiled && <HintOf command="peek">{say('posts.peek')}</HintOf>}
          {posts.length > 0 && <HintOf command="hide">{say('cover.hint')}</HintOf>}
        </div>
        {posts.length === 0 && unread === 0 && <p className={styles.empty}>{say('posts.none')}</p>}
        <LongList items={posts} atOnce={AT_ONCE}>
          {(post, index) => (
            <PostView
              key={post.id}
              post={post}
              now={now}
              isOpen={isOpen(post.id)}
              onToggle={() => toggleOpened(of, post.id)}
              veil={
                onLegal === null
                  ? null
                  : { isOpen: isOpen(legalText(post.id)), onToggle: () => onLegal(legalText(post.id)) }
              }
              asked={asked}
              about={about}
              reported={reported}
              first={index === 0}
              media={media(post)}
              onLink={onLink}
              onServer={onServer}
            />
          )}
        </LongList>
        {unread > 0 && <p className={styles.empty}>{say('posts.unread', { count: unread })}</p>}
        {left > 0 && (
          <Button ref={handOn} className={styles.more} onClick={more}>
            {say('posts.more', { count: next, left })}
          </Button>
        )}
      </section>
    )
  },
)
