import type { Post } from '../../../../shared/contract/posts.ts'
import { say } from '../../../../shared/messages/say.ts'
import { time } from '../../ui/format.ts'
import { HintOf } from '../../ui/Keys.tsx'
import parts from '../../ui/parts.module.css'
import { useNow } from '../../ui/use-now.ts'
import styles from './Posts.module.css'
import { PostView } from './PostView.tsx'
import { toggleWarning, useOpened } from './store.ts'

type Shown = { posts: readonly Post[]; total: number; of: string; onLink(href: string): void }

/** The reported posts of a case. `of` names the case, `total` is how many posts the account has. */
export const Posts = ({ posts, total, of, onLink }: Shown) => {
  const now = useNow(30_000)
  const opened = useOpened(state => (state.of === of ? state.posts : undefined))
  const seenAt = Math.max(...posts.map(post => post.seenAt))
  return (
    <section aria-labelledby="posts-h">
      <div className={parts.partHead}>
        <h2 id="posts-h">{say('posts.title')}</h2>
        {posts.length > 0 && (
          <span className={parts.sum}>{say('posts.sum', { count: posts.length, total, at: time(seenAt) })}</span>
        )}
        <span className={parts.push} />
        {posts.some(post => post.warning !== '') && <HintOf command="peek">{say('posts.peek')}</HintOf>}
      </div>
      {posts.length === 0 && <p className={styles.empty}>{say('posts.none')}</p>}
      {posts.map(post => (
        <PostView
          key={post.id}
          post={post}
          now={now}
          isOpen={opened?.includes(post.id) ?? false}
          onToggle={() => toggleWarning(of, post.id)}
          onLink={onLink}
        />
      ))}
    </section>
  )
}
