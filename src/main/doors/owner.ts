import { createHash } from 'node:crypto'
import { chmod, mkdir, rm } from 'node:fs/promises'
import { connect as connectSocket, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { Failure } from '../../shared/contract/failure.ts'
import { readFrame } from '../../shared/contract/frames.ts'
import { lineWire, pipe, type Wire } from '../../shared/contract/wires.ts'
import { firstFrame } from './first-frame.ts'
import { isPrivate, isProof, makeOwnerKey, newNonce, proofOf, readOwnerKey } from './owner-proof.ts'
import type { Origin } from './start-engine.ts'

/** 256 random bits, or a proof of them. */
const Word = z.string().regex(/^[\w-]{43}$/)
/** The first line to whoever listens there, and the first line back: before a door has seen that it is the owner, it says nothing else. */
const Hello = z.strictObject({ hello: Word })
const Proof = z.strictObject({ hello: Word, proof: Word })

/** The second line to an owner: a wire to its engine, an address with a one-time code, or whether it is here. */
const Ask = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('engine'), from: z.enum(['desktop', 'browser', 'cli']) }),
  z.object({ ask: z.literal('code') }),
  z.object({ ask: z.literal('here') }),
])
type Ask = z.infer<typeof Ask>
/** With it, that it comes from who may read the folder. */
const Asked = z.object({ proof: Word, ask: Ask })
/** The owner's second line. `address` answers `code`; a door without one (command line, desktop) says no. */
const Reply = z.object({ ok: z.boolean(), address: z.string().optional() })
type Reply = z.infer<typeof Reply>

/** How long either side waits until the other has said who it is and what it wants. */
const FIRST_LINES_MS = 3000
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
const preparePlace = async (address: string, folder: string) => {
  const place = join(address, '..')
  if (place === folder) return
  await mkdir(place, { recursive: true, mode: 0o700 })
  if (!(await isPrivate(place, folder, 0o077))) throw new Failure('storage', { reason: 'door.shared-place', place })
}

/** Whether only the folder's own user can have begun to listen there. */
const isPlaceOurs = async (address: string, folder: string) =>
  (await isPrivate(address, folder, 0o077)) &&
  (join(address, '..') === folder || (await isPrivate(join(address, '..'), folder, 0o077)))

/** What an owner offers to later doors. `address` answers a new address with a one-time code, when this door has such. */
export type Offers = {
  open(from: Origin): Wire
  address?: (() => string | undefined) | undefined
}

/** Listens as the owner of a folder. Only for who holds its lock: a socket file left by a dead owner is removed. */
export const listenAsOwner = async (folder: string, offers: Offers): Promise<{ close(): Promise<void> }> => {
  const address = ownerAddress(folder)
  const key = await makeOwnerKey(folder)
  const open = new Set<Socket>()
  const server = createServer(socket => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    void answer(socket, key, offers)
  })
  if (process.platform !== 'win32') {
    await preparePlace(address, folder)
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

/** What who calls wants, once both have shown that they know the key. Ends the call of who does not. */
const hearAsk = async (wire: Wire, key: Buffer) => {
  const first = await firstFrame(wire)
  const hello = first && readFrame(Hello, first.text)
  if (!first || !hello) return wire.close()
  const nonces = { door: hello.hello, owner: newNonce() }
  wire.send(JSON.stringify({ hello: nonces.owner, proof: proofOf(key, 'owner', nonces) }))
  const second = await firstFrame(first.rest)
  const asked = second && readFrame(Asked, second.text)
  if (!second || !asked || !isProof(asked.proof, key, 'door', nonces)) return wire.close()
  return { ask: asked.ask, rest: second.rest }
}

const answer = async (socket: Socket, key: Buffer, offers: Offers) => {
  const wire = lineWire(socket)
  const timer = setTimeout(wire.close, FIRST_LINES_MS)
  const asked = await hearAsk(wire, key)
  clearTimeout(timer)
  if (!asked) return
  const reply = (said: Reply) => wire.send(JSON.stringify(said))
  const { ask, rest } = asked
  if (ask.ask === 'engine') {
    const engine = openOrNothing(offers, ask.from)
    reply({ ok: engine !== undefined })
    return engine ? pipe(rest, engine) : socket.end()
  }
  if (ask.ask === 'here') reply({ ok: true })
  if (ask.ask === 'code') {
    const made = offers.address?.()
    reply(made === undefined ? { ok: false } : { ok: true, address: made })
  }
  socket.end()
}

/** The wire after who listens there has shown that it is the owner, with what to say to be believed oneself. */
const meetOwner = async (wire: Wire, key: Buffer) => {
  const door = newNonce()
  wire.send(JSON.stringify({ hello: door }))
  const first = await firstFrame(wire)
  const told = first && readFrame(Proof, first.text)
  if (!first || !told) return undefined
  const nonces = { door, owner: told.hello }
  return isProof(told.proof, key, 'owner', nonces)
    ? { rest: first.rest, proof: proofOf(key, 'door', nonces) }
    : undefined
}

/**
 * Says one line to the owner and hears one. Nothing when nobody listens there, when who listens does not answer in time, or when it
 * cannot show that it owns the folder: a predictable name can be taken by any user of the computer, who hears nothing of ours then.
 */
const askOwner = async (folder: string, ask: Ask): Promise<{ reply: Reply; rest: Wire } | undefined> => {
  const address = ownerAddress(folder)
  const key = await readOwnerKey(folder)
  if (!key || !(await isPlaceOurs(address, folder))) return undefined
  const socket = connectSocket(address)
  const wire = lineWire(socket)
  const timer = setTimeout(wire.close, FIRST_LINES_MS)
  const met = await meetOwner(wire, key)
  met?.rest.send(JSON.stringify({ proof: met.proof, ask }))
  const heard = met && (await firstFrame(met.rest))
  clearTimeout(timer)
  const reply = heard && readFrame(Reply, heard.text)
  if (heard && reply) return { reply, rest: heard.rest }
  wire.close()
  return undefined
}

/** A wire to the engine of whoever owns the folder. Nothing when nobody answers. */
export const dialOwner = async (folder: string, from: Origin): Promise<Wire | undefined> => {
  const heard = await askOwner(folder, { ask: 'engine', from })
  return heard?.reply.ok ? heard.rest : undefined
}

/** An address with a new one-time code, from an owner that is a loopback door. */
export const askAddress = async (folder: string): Promise<string | undefined> => {
  const heard = await askOwner(folder, { ask: 'code' })
  heard?.rest.close()
  return heard?.reply.address
}

/** Whether an owner answers there at all. */
export const isOwned = async (folder: string): Promise<boolean> => {
  const heard = await askOwner(folder, { ask: 'here' })
  heard?.rest.close()
  return heard !== undefined
}
