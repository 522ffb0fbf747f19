import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir, rm } from 'node:fs/promises'
import { connect as connectSocket, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { Failure } from '../../shared/contract/failure.ts'
import { readFrame } from '../../shared/contract/frames.ts'
import { lineWire, pipe, type Wire } from '../../shared/contract/wires.ts'
import { firstFrame } from './first-frame.ts'
import type { Origin } from './start-engine.ts'

/** The first line to an owner: a wire to its engine, an address with a one-time code, or whether it is here. */
const Ask = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('engine'), from: z.enum(['desktop', 'browser', 'cli']) }),
  z.object({ ask: z.literal('code') }),
  z.object({ ask: z.literal('here') }),
])
type Ask = z.infer<typeof Ask>
/** The owner's first line. `address` answers `code`; a door without one (command line, desktop) says no. */
const Reply = z.object({ ok: z.boolean(), address: z.string().optional() })
type Reply = z.infer<typeof Reply>

/** How long either side waits for the other's first line. */
const FIRST_LINE_MS = 3000
/** A path of a local socket must fit in 104 bytes on macOS, 108 on Linux. */
const LONGEST_PATH = 100

/** Where the owner of a folder listens. `folder` is a real path, so that every door computes the same. */
export const ownerAddress = (folder: string, platform = process.platform, tmp = tmpdir()): string => {
  const mark = createHash('sha256').update(folder).digest('hex').slice(0, 24)
  if (platform === 'win32') return `\\\\.\\pipe\\howdah-${mark}`
  const near = join(folder, 'owner.sock')
  if (Buffer.byteLength(near) < LONGEST_PATH) return near
  return join(tmp, `howdah-${process.getuid?.() ?? 0}-${mark}`, 'owner.sock')
}

/** A folder under a shared place for temporary files may have been laid by someone else, who then would hear our calls. */
const preparePlace = async (address: string) => {
  const place = join(address, '..')
  await mkdir(place, { recursive: true, mode: 0o700 })
  const { uid, mode } = await lstat(place)
  const isOurs = uid === process.getuid?.() && (mode & 0o022) === 0
  if (!isOurs && address.startsWith(tmpdir())) throw new Failure('storage', { reason: 'door.shared-place', place })
}

/** What an owner offers to later doors. `address` answers a new address with a one-time code, when this door has such. */
export type Offers = {
  open(from: Origin): Wire
  address?: (() => string | undefined) | undefined
}

/** Listens as the owner of a folder. Only for who holds its lock: a socket file left by a dead owner is removed. */
export const listenAsOwner = async (address: string, offers: Offers): Promise<{ close(): Promise<void> }> => {
  const open = new Set<Socket>()
  const server = createServer(socket => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    void answer(socket, offers)
  })
  if (process.platform !== 'win32') {
    await preparePlace(address)
    await rm(address, { force: true })
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, resolve)
  })
  if (process.platform !== 'win32') await chmod(address, 0o600)
  return {
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}

/** An engine that has just ended gives no wire: who asks will look again. */
const openOrNothing = ({ open }: Offers, from: Origin): Wire | undefined => {
  try {
    return open(from)
  } catch {
    return undefined
  }
}

const answer = async (socket: Socket, offers: Offers) => {
  const wire = lineWire(socket)
  const timer = setTimeout(wire.close, FIRST_LINE_MS)
  const first = await firstFrame(wire)
  clearTimeout(timer)
  if (!first) return
  const reply = (said: Reply) => wire.send(JSON.stringify(said))
  const ask = readFrame(Ask, first.text)
  if (ask?.ask === 'engine') {
    const engine = openOrNothing(offers, ask.from)
    reply({ ok: engine !== undefined })
    return engine ? pipe(first.rest, engine) : socket.end()
  }
  if (ask?.ask === 'here') reply({ ok: true })
  if (ask?.ask === 'code') {
    const made = offers.address?.()
    reply(made === undefined ? { ok: false } : { ok: true, address: made })
  }
  socket.end()
}

/** Says one line to the owner and hears one. Nothing when nobody listens there, or who listens does not answer in time. */
const askOwner = (address: string, ask: Ask): Promise<{ reply: Reply; rest: Wire } | undefined> =>
  new Promise(resolve => {
    const socket = connectSocket(address)
    const wire = lineWire(socket)
    const timer = setTimeout(wire.close, FIRST_LINE_MS)
    socket.once('connect', () => wire.send(JSON.stringify(ask)))
    void firstFrame(wire).then(first => {
      clearTimeout(timer)
      const reply = first && readFrame(Reply, first.text)
      if (!first || !reply) wire.close()
      resolve(first && reply && { reply, rest: first.rest })
    })
  })

/** A wire to the engine of whoever owns the folder. Nothing when nobody answers. */
export const dialOwner = async (address: string, from: Origin): Promise<Wire | undefined> => {
  const heard = await askOwner(address, { ask: 'engine', from })
  return heard?.reply.ok ? heard.rest : undefined
}

/** An address with a new one-time code, from an owner that is a loopback door. */
export const askAddress = async (address: string): Promise<string | undefined> => {
  const heard = await askOwner(address, { ask: 'code' })
  heard?.rest.close()
  return heard?.reply.address
}

/** Whether an owner answers there at all. */
export const isOwned = async (address: string): Promise<boolean> => {
  const heard = await askOwner(address, { ask: 'here' })
  heard?.rest.close()
  return heard !== undefined
}
