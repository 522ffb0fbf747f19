import type { ThreadPost } from '../../../shared/contract/posts.ts'
import type { ThreadPostEntity } from '../mastodon/entities/post.ts'
import { readContent } from './content.ts'
import { keptMedia } from './kept-post.ts'

/** Theirs to ours. `authors` names by account id whom a post can be said to answer. */
export const threadPosts = (posts: readonly ThreadPostEntity[], authors: ReadonlyMap<string, string>): ThreadPost[] =>
  posts.map(post => ({
    id: post.id,
    author: { id: post.account.id, acct: post.account.acct, displayName: post.account.display_name },
    answers: authors.get(post.in_reply_to_account_id ?? '') ?? null,
    answersPost: post.in_reply_to_id ?? null,
    createdAt: post.created_at,
    edited: (post.edited_at ?? null) !== null,
    language: post.language ?? null,
    warning: post.spoiler_text,
    content: readContent(post.content),
    media: keptMedia(post.media_attachments),
    poll: post.poll
      ? {
          multiple: post.poll.multiple,
          options: post.poll.options.map(({ title, votes_count }) => ({ title, votes: votes_count ?? null })),
        }
      : null,
  }))
