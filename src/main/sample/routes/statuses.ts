/** Posts and their threads (contract g). Ordinary visibility, whoever asks. */
import { accountText } from '../entities/account.ts'
import { emojisOf } from '../entities/emoji.ts'
import { mediaEntity, statusText } from '../entities/status.ts'
import { iso } from '../entities/times.ts'
import { listText, objectText, withTexts } from '../entities/view.ts'
import { castText } from '../rules/casts.ts'
import { compareIds } from '../rules/ids.ts'
import type { StatusRecord } from '../rules/model.ts'
import { deleteStatus } from '../rules/posts.ts'
import { notFound } from '../rules/refusals.ts'
import { isVisible } from '../rules/visibility.ts'
import { type Access, type Answer, type Call, idOf, json, type Route } from './call.ts'

const read: Access = { kind: 'open', scopes: ['read', 'read:statuses'] }

/** How many posts each way a thread shows. */
const withToken = 4096
const withoutToken = { ancestors: 40, descendants: 60 }

function found(call: Call): StatusRecord {
  const status = call.sample.world.statuses.get(idOf(call))
  if (status === undefined || !isVisible(call.sample.world, status, call.account)) throw notFound()
  return status
}

function ancestors(call: Call, status: StatusRecord): StatusRecord[] {
  const chain: StatusRecord[] = []
  const most = call.account === null ? withoutToken.ancestors : withToken
  let parent = status.inReplyToId === null ? undefined : call.sample.world.statuses.get(status.inReplyToId)
  while (parent !== undefined && chain.length < most) {
    if (isVisible(call.sample.world, parent, call.account)) chain.unshift(parent)
    parent = parent.inReplyToId === null ? undefined : call.sample.world.statuses.get(parent.inReplyToId)
  }
  return chain
}

function descendants(call: Call, status: StatusRecord): StatusRecord[] {
  const { world } = call.sample
  const most = call.account === null ? withoutToken.descendants : withToken
  const shown: StatusRecord[] = []
  const visit = (id: string): void => {
    for (const replyId of [...(world.repliesTo.get(id) ?? [])].sort(compareIds)) {
      const reply = world.statuses.get(replyId)
      if (reply === undefined || shown.length >= most) continue
      if (isVisible(world, reply, call.account)) shown.push(reply)
      visit(reply.id)
    }
  }
  visit(status.id)
  return shown
}

function texts(call: Call, statuses: readonly StatusRecord[]): string {
  return listText(statuses.map(status => statusText(call.view, status)))
}

function context(call: Call): Answer {
  const status = found(call)
  const before = texts(call, ancestors(call, status))
  return { text: objectText({ ancestors: before, descendants: texts(call, descendants(call, status)) }) }
}

/** Versions of an edited post, oldest first; one for a post never edited. */
function history(call: Call): Answer {
  const status = found(call)
  const author = call.sample.world.account(status.accountId)
  const { content, spoilerText, sensitive } = status
  const edits = status.extra?.edits ?? []
  const versions = edits.length > 0 ? edits : [{ at: status.createdAt, content, spoilerText, sensitive }]
  const media = (status.extra?.media ?? []).map(item => mediaEntity(call.view, item))
  return {
    text: listText(
      versions.map(version =>
        withTexts(
          {
            content: call.view.html(version.content),
            spoiler_text: version.spoilerText,
            sensitive: version.sensitive,
            created_at: iso(version.at),
            media_attachments: media,
            emojis: emojisOf(call.view, status.extra?.emojis ?? [], author?.domain ?? null),
          },
          { account: author === undefined ? 'null' : accountText(call.view, author) },
        ),
      ),
    ),
  }
}

/** Plain text of a post. */
function source(call: Call): Answer {
  const status = found(call)
  return json({ id: status.id, text: status.content.replace(/<[^>]*>/g, ''), spoiler_text: status.spoilerText })
}

/** Deletes the caller's own post: nobody else's, whatever the role (contract g). */
function destroy(call: Call): Answer {
  const status = call.sample.world.statuses.get(idOf(call))
  if (status === undefined || status.deletedAt !== null || status.accountId !== call.account?.id) throw notFound()
  // Here, and only here, the plain text stands in for the content.
  const plain = { content: undefined, text: status.content.replace(/<[^>]*>/g, '') }
  const text = statusText(call.view, status, 'full', plain)
  deleteStatus(call.account, status, call.sample.clock.now())
  return { text }
}

/** Posts, their threads and versions (contract g). */
export const statusRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/statuses',
    access: read,
    run: call => {
      const ids = [call.params.id ?? []].flat().slice(0, 20)
      const statuses = ids.flatMap(id => call.sample.world.statuses.get(castText(id) ?? '') ?? [])
      return {
        text: texts(
          call,
          statuses.filter(status => isVisible(call.sample.world, status, call.account)),
        ),
      }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/statuses/:id',
    access: read,
    run: call => ({ text: statusText(call.view, found(call)) }),
  },
  { method: 'GET', path: '/api/v1/statuses/:id/context', access: read, run: context },
  { method: 'GET', path: '/api/v1/statuses/:id/history', access: read, run: history },
  {
    method: 'GET',
    path: '/api/v1/statuses/:id/source',
    access: { kind: 'user', scopes: ['read', 'read:statuses'] },
    run: source,
  },
  {
    method: 'DELETE',
    path: '/api/v1/statuses/:id',
    access: { kind: 'user', scopes: ['write', 'write:statuses'] },
    run: destroy,
  },
]
