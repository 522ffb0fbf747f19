import { Failure } from '../../../shared/contract/failure.ts'
import type { Passage } from './reach.ts'

/** What comes out of a packed body may be so many times its size, beyond what any page of Mastodon's comes near (DESIGN §12, N-04). */
const MOST_RATIO = 100
/** So much may come out of anything: a page of one campaign's reports, all of them alike, was measured at 120 times its size. */
const FREE_BYTES = 8 << 20

/** The pieces of a body as they come, unpacked. Fails with `upstream`, reason `failure.too-large`, where far more comes out than went in. */
export const piecesOf = async function* (response: Response, passage: Passage): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const piece of response.body ?? []) {
    size += piece.byteLength
    if (passage.packed !== null && size > Math.max(FREE_BYTES, passage.packed * MOST_RATIO))
      throw new Failure('upstream', { reason: 'failure.too-large' })
    yield piece
  }
}

/** A whole body; `tooLarge` makes the failure where it is of more than `mostBytes`. `beat` is called at the start and at each piece. */
export const readBody = async (
  response: Response,
  passage: Passage,
  mostBytes: number,
  tooLarge: () => Failure,
  beat: () => void = () => {},
): Promise<Buffer<ArrayBuffer>> => {
  const pieces: Uint8Array[] = []
  let size = 0
  beat()
  for await (const piece of piecesOf(response, passage)) {
    beat()
    size += piece.byteLength
    if (size > mostBytes) throw tooLarge()
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
