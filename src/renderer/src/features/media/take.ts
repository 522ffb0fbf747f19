import type { Engine } from '../../../../shared/contract/index.ts'
import type { Piece } from '../../../../shared/contract/media.ts'
import type { Fetched } from './viewer.ts'

/** A large film on a slow line. */
const PATIENCE_MS = 150_000

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

/** Has the engine fetch a piece and takes its bytes, part by part, into the memory of this page. */
export const takePiece = async (
  engine: Engine,
  asked: { server: string; report: string; piece: Piece; size: 'preview' | 'whole' },
  signal: AbortSignal,
): Promise<Fetched> => {
  const { ticket, format } = await engine.call('media.fetch', asked, { signal, timeoutMs: PATIENCE_MS })
  const parts: Uint8Array<ArrayBuffer>[] = []
  for (let from: number | null = 0; from !== null; ) {
    const part: { base64: string; next: number | null } = await engine.call('media.part', { ticket, from }, { signal })
    parts.push(bytesOf(part.base64))
    from = part.next
  }
  return { url: URL.createObjectURL(new Blob(parts, { type: format })), format }
}
