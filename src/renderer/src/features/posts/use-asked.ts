import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { ServerKey } from '../../../../shared/contract/ids.ts'
import { useEngine } from '../../client/engine.tsx'
import type { Output } from '../../client/question.ts'
import { type Answer, makeAsked } from './asked.ts'

export type Thread = Output<'posts.thread'>
export type Versions = Output<'posts.versions'>

/** Threads and versions of the posts in view, by post: read when asked for. */
export type AskedPosts = {
  thread(post: string): Answer<Thread> | undefined
  versions(post: string): Answer<Versions> | undefined
  askThread(post: string): void
  askVersions(post: string): void
  /** Takes all of it away again. */
  leave(): void
}

/** What is asked about the posts of the case named by `of`; the next case begins with nothing. */
export const useAsked = (of: string | undefined, server: ServerKey | undefined): AskedPosts => {
  const engine = useEngine()
  const [asked] = useState(() => ({
    // The server stands in the key, so that an answer is never another server's.
    threads: makeAsked((key, signal) => engine.call('posts.thread', targetOf(key), { signal })),
    versions: makeAsked((key, signal) => engine.call('posts.versions', targetOf(key), { signal })),
  }))
  const threads = useStore(asked.threads.store)
  const versions = useStore(asked.versions.store)
  const [leave] = useState(() => () => {
    asked.threads.leave()
    asked.versions.leave()
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another case takes away what was asked in the one before
  useEffect(() => leave, [leave, of])
  // The same until something of it changes: posts that are not concerned are not drawn again.
  return useMemo(() => {
    const keyOf = (post: string) => `${server} ${post}`
    return {
      thread: post => (threads.of === of ? threads.answers[keyOf(post)] : undefined),
      versions: post => (versions.of === of ? versions.answers[keyOf(post)] : undefined),
      askThread: post => {
        if (of !== undefined) void asked.threads.ask(of, keyOf(post))
      },
      askVersions: post => {
        if (of !== undefined) void asked.versions.ask(of, keyOf(post))
      },
      leave,
    }
  }, [asked, leave, threads, versions, server, of])
}

const targetOf = (key: string) => {
  const [server = '', post = ''] = key.split(' ')
  return { server, post }
}
