import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Posts } from '../../../src/renderer/src/features/posts/Posts.tsx'
import { Post } from '../../../src/shared/contract/posts.ts'

const post = (id: number) =>
  Post.parse({
    id: String(id),
    createdAt: 1_790_000_000_000,
    editedAt: null,
    visibility: 'public',
    language: null,
    warning: '',
    sensitive: false,
    content: { nodes: [`Post ${id}`], cut: false },
    media: [],
    poll: null,
    isReply: false,
    url: null,
    seenAt: 1_790_000_000_000,
    reports: 1,
    standing: 'there',
    lookedAt: null,
    copies: 1,
    webAdmin: 'https://lindenhof.example/admin',
  })

const drawn = (posts: number, left: number) =>
  renderToStaticMarkup(
    <Posts
      posts={Array.from({ length: posts }, (_, at) => post(at + 1))}
      left={left}
      next={Math.min(60, left)}
      unread={0}
      onMore={() => {}}
      total={1_204}
      about="7"
      of="s1 7"
      onLegal={null}
      asked={{ thread: () => undefined, versions: () => undefined, askThread() {}, askVersions() {}, leave() {} }}
      media={() => null}
      onLink={() => {}}
      onServer={() => {}}
    />,
  )

test('the head of the reported posts counts those that were reported, not those that are shown so far', () => {
  expect(drawn(3, 0)).toContain('3 of 1,204, kept')
  const first = drawn(60, 940)
  expect(first).toContain('1,000 of 1,204, kept')
  expect(first).toContain('Show 60 more of 940')
})
