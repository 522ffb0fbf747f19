import type { Readable } from 'node:stream'

/** The first line of a stream, without its end. Nothing more is read from a person's terminal than that. */
export const readLine = async (stream: Readable): Promise<string> => {
  let text = ''
  for await (const chunk of stream) {
    text += String(chunk)
    if (text.includes('\n') || text.length > 4000) break
  }
  return (text.split('\n')[0] ?? '').replace(/\r$/, '')
}
