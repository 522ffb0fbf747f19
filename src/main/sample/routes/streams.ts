/** Open event streams (contract G.2): `user/notification` and `user` over SSE. */
import type { ServerResponse } from 'node:http'
import { notificationText } from '../entities/notification.ts'
import type { View } from '../entities/view.ts'
import type { NotificationRecord } from '../rules/model-more.ts'

type Stream = {
  readonly accountId: string
  readonly tokenId: string
  readonly view: () => View
  readonly response: ServerResponse
  beat: NodeJS.Timeout
}

/** Milliseconds between heartbeats. */
const heartbeat = 15_000

/** The open streams of the callers. */
export class Streams {
  private readonly open = new Set<Stream>()

  /** Number of open streams. */
  get size(): number {
    return this.open.size
  }

  /** Opens a stream on a response: the first line, then a comment every 15 s until either side closes. */
  add(response: ServerResponse, accountId: string, tokenId: string, view: () => View): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'private, no-store',
      connection: 'keep-alive',
    })
    response.write(':)\n')
    const stream: Stream = {
      accountId,
      tokenId,
      view,
      response,
      beat: setInterval(() => response.write(':thump\n'), heartbeat),
    }
    stream.beat.unref()
    this.open.add(stream)
    response.on('close', () => this.drop(stream))
  }

  private drop(stream: Stream): void {
    clearInterval(stream.beat)
    this.open.delete(stream)
  }

  /** Pushes a notification to its recipient's streams. */
  push(notification: NotificationRecord): void {
    for (const stream of this.open) {
      if (stream.accountId !== notification.recipientId) continue
      stream.response.write(`event: notification\ndata: ${notificationText(stream.view(), notification)}\n\n`)
    }
  }

  /** Closes an account's streams, or those of one token. */
  close(accountId: string, tokenId?: string): void {
    for (const stream of [...this.open]) {
      if (stream.accountId !== accountId || (tokenId !== undefined && stream.tokenId !== tokenId)) continue
      stream.response.end()
      this.drop(stream)
    }
  }

  /** Cuts every stream, as a restart does. */
  cutAll(): void {
    for (const stream of [...this.open]) {
      stream.response.destroy()
      this.drop(stream)
    }
  }
}
