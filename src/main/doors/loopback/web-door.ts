import type { Server as HttpServer } from 'node:http'
import type { Failure } from '../../../shared/contract/failure.ts'
import { lock } from '../../../shared/contract/lock.ts'
import { connect } from '../../../shared/contract/rpc.ts'
import { say } from '../../../shared/messages/say.ts'
import { systemClock } from '../../../shared/system-clock.ts'
import { begin, connectThrough } from '../begin.ts'
import { finishOver } from '../callback.ts'
import { type Choice, prepareFolder } from '../data-folder.ts'
import type { EngineDoor } from '../open-engine.ts'
import { askAddress } from '../owner.ts'
import { readPage } from '../page-files.ts'
import type { SampleBeside } from '../sample-beside.ts'
import { makeEntry } from './entry.ts'
import { serveLoopback } from './http.ts'
import { keyFileSecrets } from './secrets.ts'
import { pageSockets } from './sockets.ts'

/** What the loopback door is started with. `tell` writes one line for the person in front of the terminal. */
export type WebOptions = {
  enginePath: string
  pageFolder: string
  choice: Choice
  port: number
  startSample?: ((folder: string) => Promise<SampleBeside>) | undefined
  tell(line: string): void
}

/**
 * An open loopback door. `newAddress` makes an address with a new code; `ready` says when its engine answers what the page asks: nothing
 * when it does, else why it never will; `close` is a clean end, and answers how many decisions were not sent.
 */
export type WebDoor = {
  address: string
  newAddress(): string
  ready(): Promise<Failure | undefined>
  close(): Promise<number>
}

/** While another process owns the data: takes over at once when it goes, so that decisions go on with no page open. */
const standBy = async (door: EngineDoor): Promise<void> => {
  const wire = await door.dial('cli').catch(() => undefined)
  if (!wire || door.isOwner()) return wire?.close()
  wire.listen({ text: () => {}, close: () => void standBy(door) })
}

/** How many decisions stay behind when this process ends; none where another process's engine goes on. */
const countUnsent = async (door: EngineDoor): Promise<number> => {
  if (!door.isOwner()) return 0
  const engine = await connectThrough(door, 'cli')
  try {
    const { held, going } = await engine.call('decisions.underway', {}, { timeoutMs: 2_000 })
    return held + going
  } finally {
    engine.close()
  }
}

const closeServer = (server: HttpServer) =>
  new Promise<void>(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/**
 * Opens the desk on a data folder for a browser of this computer, and goes on when folder and port are open. Where a loopback door has it
 * open already, answers an address of that one instead. Fails with what the engine says of the folder, or with the system's word about port and page.
 */
export const openWebDoor = async (options: WebOptions): Promise<WebDoor | { elsewhere: string }> => {
  const elsewhere = await askAddress(await prepareFolder(options.choice.folder))
  if (elsewhere !== undefined) {
    options.tell(say('door.already-open'))
    return { elsewhere }
  }
  const reading = readPage(options.pageFolder)
  // It is awaited when the folder is open; that it fails meanwhile is no surprise.
  reading.catch(() => {})
  const entry = makeEntry(systemClock)
  let port: number | undefined
  const newAddress = () => `http://127.0.0.1:${port}/?code=${entry.newCode()}`
  const { folder, door, close } = await begin({
    ...options,
    from: 'browser',
    early: true,
    secretsOf: keyFileSecrets,
    // A door that asks before our port is known hears no, and becomes our guest.
    offers: { address: () => (port === undefined ? undefined : newAddress()) },
  })
  const sockets = pageSockets(entry, () => door.dial())
  const isLocked = async () => {
    const engine = connect(lock, () => door.dial('cli'), { clock: systemClock })
    return await engine
      .call('lock.state', {})
      .then(({ locked }) => locked)
      .finally(engine.close)
  }
  const finish = finishOver(() => door.dial('cli'))
  const bound = await reading
    .then(page =>
      serveLoopback(options.port, { page, folder, entry, finish, isLocked, clock: systemClock, socket: sockets.take }),
    )
    .catch(async error => {
      await close()
      throw error
    })
  port = bound.port
  if (!door.isOwner()) {
    options.tell(say('door.as-guest'))
    void standBy(door)
  }
  return {
    address: newAddress(),
    newAddress,
    ready: door.ready,
    close: async () => {
      sockets.close()
      await closeServer(bound.server)
      // Nothing of this may keep the door from closing.
      const unsent = await countUnsent(door).catch(() => 0)
      await close()
      return unsent
    },
  }
}
