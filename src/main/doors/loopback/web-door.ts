import type { Server as HttpServer } from 'node:http'
import { contract } from '../../../shared/contract/index.ts'
import { connect } from '../../../shared/contract/rpc.ts'
import type { Wire } from '../../../shared/contract/wires.ts'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import { type Choice, emptyFolder, prepareFolder } from '../data-folder.ts'
import { type EngineDoor, openEngine } from '../open-engine.ts'
import { askAddress, isOwned, ownerAddress } from '../owner.ts'
import { readPage } from '../page-files.ts'
import { systemClock } from '../system-clock.ts'
import { type Entry, makeEntry } from './entry.ts'
import { serveLoopback } from './http.ts'
import { keyFileSecrets } from './secrets.ts'
import { pageSockets } from './sockets.ts'

/** A server to try Howdah on, run by the same process: where it is, the token to sign in with, and its end. */
export type Sample = { origin: string; token: string; close(): Promise<void> }

/** What the loopback door is started with. `tell` writes one line for the person in front of the terminal. */
export type WebOptions = {
  enginePath: string
  pageFolder: string
  choice: Choice
  port: number
  startSample?: ((folder: string) => Promise<Sample>) | undefined
  tell(line: string): void
}

/** An open loopback door. `close` is for a clean end; `newAddress` makes an address with a new code. */
export type WebDoor = { address: string; newAddress(): string; close(): Promise<void> }

/** Opens one wire and gives it up again, so that what the engine says of the folder is known before the page is offered. */
const tryEngine = async (door: EngineDoor, sample: Sample | undefined) => {
  const first = await door.dial()
  let next: Wire | undefined = first
  const client = connect(
    contract,
    () => {
      const wire = next
      next = undefined
      return wire ? Promise.resolve(wire) : door.dial()
    },
    { clock: systemClock },
  )
  try {
    if (sample) await client.call('servers.signIn', { url: sample.origin, token: sample.token })
  } finally {
    client.close()
  }
}

/** While another process owns the data: takes over at once when it goes, so that decisions go on with no page open. */
const standBy = async (door: EngineDoor): Promise<void> => {
  const wire = await door.dial('cli').catch(() => undefined)
  if (!wire || door.isOwner()) return wire?.close()
  wire.listen({ text: () => {}, close: () => void standBy(door) })
}

const openPage = async (options: WebOptions, folder: string, entry: Entry, door: EngineDoor) => {
  const page = await readPage(options.pageFolder)
  const sockets = pageSockets(entry, () => door.dial())
  const bound = await serveLoopback(options.port, { page, folder, entry, socket: sockets.take })
  return { ...bound, sockets }
}

const closeServer = (server: HttpServer) =>
  new Promise<void>(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/**
 * Opens the desk on a data folder for a browser of this computer. Where a loopback door has it open already, answers an address
 * of that one instead. Fails with what the engine says of the folder, or with the system's word about port and page.
 */
export const openWebDoor = async (options: WebOptions): Promise<WebDoor | { elsewhere: string }> => {
  const folder = await prepareFolder(options.choice.folder)
  const elsewhere = await askAddress(ownerAddress(folder))
  if (elsewhere !== undefined) {
    options.tell(say('door.already-open'))
    return { elsewhere }
  }
  if (options.choice.afresh && !(await isOwned(ownerAddress(folder)))) {
    await emptyFolder(options.choice)
    options.tell(say('door.emptied', { folder }))
  }
  const entry = makeEntry(systemClock)
  let port: number | undefined
  const newAddress = () => `http://127.0.0.1:${port}/?code=${entry.newCode()}`
  const sample = await options.startSample?.(folder)
  if (sample) options.tell(say('door.sample', { origin: sample.origin }))
  const door = openEngine({
    enginePath: options.enginePath,
    folder,
    from: 'browser',
    secrets: keyFileSecrets(folder),
    // A door that asks before our port is known hears no, and becomes our guest.
    offers: { address: () => (port === undefined ? undefined : newAddress()) },
    onLost: failure => options.tell(say('door.engine-ended', { why: sayFailure(failure) })),
    onFault: error => options.tell(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  })
  try {
    await tryEngine(door, sample)
    const { server, sockets, ...bound } = await openPage(options, folder, entry, door)
    port = bound.port
    if (!door.isOwner()) {
      options.tell(say('door.as-guest'))
      void standBy(door)
    }
    return {
      address: newAddress(),
      newAddress,
      close: async () => {
        sockets.close()
        await closeServer(server)
        await door.close()
        await sample?.close()
      },
    }
  } catch (error) {
    await door.close()
    await sample?.close()
    throw error
  }
}
