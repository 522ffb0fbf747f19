import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A plain HTTP server on this computer, for answers that no Mastodon gives. */
export const serveLocally = async (answer: RequestListener) => {
  const server = createServer(answer)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** An address where nobody listens. */
export const deadAddress = async (): Promise<string> => {
  await using server = await serveLocally(() => {})
  return server.url
}
