/** "With a token holding only these scopes: 403" and "for a caller of this role: 403", for many calls at once. */
import { expect, test } from 'vitest'
import type { Conversation } from './converse.ts'

type Guard = {
  /** Scope sets, each of which alone is refused. */
  readonly scopes: readonly string[]
  /** Callers of the bare world who are refused. */
  readonly callers: readonly ('nobody' | 'moderator')[]
}

/** One test for each call and each who is refused. `title` begins with the numbers of the behaviours. */
export function refuses(
  title: string,
  sample: () => Conversation,
  calls: () => readonly (readonly [string, string])[],
  guard: Guard,
): void {
  test.each(guard.scopes)(`${title}: refused with only %s`, async scopes => {
    const as = sample().token('admin', ...scopes.split(' '))
    for (const [method, path] of calls()) {
      const reply = await sample().ask(method, path, { as })
      expect([method, path, reply.status, reply.body]).toEqual([
        method,
        path,
        403,
        { error: 'This action is outside the authorized scopes' },
      ])
    }
  })
  test.each(guard.callers)(`${title}: refused to a caller who is %s`, async as => {
    for (const [method, path] of calls()) {
      const reply = await sample().ask(method, path, {
        as,
        ...(method === 'POST' && path.endsWith('/action') ? { json: { type: 'silence' } } : {}),
      })
      expect([method, path, reply.status, reply.body]).toEqual([
        method,
        path,
        403,
        { error: 'This action is not allowed' },
      ])
    }
  })
}
