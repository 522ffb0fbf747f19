import type { Post } from '../../../../shared/contract/posts.ts'
import { say } from '../../../../shared/messages/say.ts'
import parts from '../../ui/parts.module.css'
import styles from './Posts.module.css'

/** A poll's question is the post itself; here are its options, with votes where the server told them. */
export const Poll = ({ poll }: { poll: NonNullable<Post['poll']> }) => (
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
