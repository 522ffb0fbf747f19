import { connect } from '../../shared/contract/rpc.ts'
import type { Wire } from '../../shared/contract/wires.ts'
import { faultText } from '../../shared/fault-text.ts'
import { say, sayFailure } from '../../shared/messages/say.ts'
import { systemClock } from '../../shared/system-clock.ts'
import { type Choice, emptyFolder, prepareFolder } from './data-folder.ts'
import { followSetting } from './language.ts'
import { type EngineDoor, openEngine } from './open-engine.ts'
import { isOwned, type Offers } from './owner.ts'
import type { SampleBeside } from './sample-beside.ts'
import type { Origin, Secrets } from './start-engine.ts'

/** What a door with a page begins with. `tell` writes one line for the person in front of it. */
export type Beginning = {
  enginePath: string
  choice: Choice
  from: Origin
  secretsOf(folder: string): Secrets
  startSample?: ((folder: string) => Promise<SampleBeside>) | undefined
  offers?: Pick<Offers, 'address'>
  /** Goes on when the folder is open, while the engine's modules are read: `door.ready` then says whether it answers. */
  early?: boolean
  tell(line: string): void
}

/** A data folder with its engine, and the sample server beside it where one was asked for. */
export type Begun = { folder: string; door: EngineDoor; close(patienceMs?: number): Promise<void> }

/**
 * Dials once through the door and waits for the engine, so that what it says of the folder reaches the person; a client alone would
 * only retry.
 */
export const connectThrough = async (door: EngineDoor, from?: Origin) => {
  // Loaded only here: what may be said of every noun takes a part of a start.
  const { contract } = await import('../../shared/contract/index.ts')
  let next: Wire | undefined = await door.dial(from)
  const failure = await door.ready()
  if (failure) throw failure
  const dial = () => {
    const wire = next
    next = undefined
    return wire ? Promise.resolve(wire) : door.dial(from)
  }
  return connect(contract, dial, { clock: systemClock })
}

/**
 * Opens the engine of a folder, after the sample's own folder was emptied, and signs in to the sample. Fails with what the engine
 * says of the folder.
 */
export const begin = async (given: Beginning): Promise<Begun> => {
  const folder = await prepareFolder(given.choice.folder)
  if (given.choice.afresh && !(await isOwned(folder))) {
    await emptyFolder(given.choice)
    given.tell(say('door.emptied', { folder }))
  }
  const sample = await given.startSample?.(folder)
  if (sample) given.tell(say('door.sample', { origin: sample.origin }))
  const door = openEngine({
    ...given,
    folder,
    secrets: given.secretsOf(folder),
    onLost: failure => given.tell(say('door.engine-ended', { why: sayFailure(failure) })),
    onFault: error => given.tell(faultText(error)),
  })
  let following: { close(): void } | undefined
  const close = async (patienceMs?: number) => {
    following?.close()
    await door.close(patienceMs)
    await sample?.close()
  }
  try {
    if (given.early && !sample) (await door.dial()).close()
    else {
      const client = await connectThrough(door)
      if (sample) await client.call('servers.signIn', { url: sample.origin, token: sample.token }).finally(client.close)
      else client.close()
    }
    // A wire that does not count as a desk.
    following = followSetting(() => door.dial('cli'))
    return { folder, door, close }
  } catch (error) {
    await close()
    throw error
  }
}
