import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { restoreBackup } from '../../src/main/engine/backup/restore.ts'
import { contract, type Engine } from '../../src/shared/contract/index.ts'
import { connect } from '../../src/shared/contract/rpc.ts'
import { pairOfWires } from '../../src/shared/contract/wires.ts'
import { systemClock } from '../../src/shared/system-clock.ts'
import { type Ground, openGround, openRows, signInAndSync, startEngine, tempFolder } from './ground.ts'

export const PASSPHRASE = 'seat on an elephant'
export const SECRET_NOTE = 'nobody may read this canary'

/** Another computer: its door seals in its own way. */
export const anotherDoor = {
  seal: async (secret: string) => ({ sealed: [...secret].reverse().join(''), by: 'key-file' }),
}

const another = () => {
  const folder = tempFolder()
  onTestFinished(() => folder[Symbol.dispose]())
  return join(folder.path, 'desk')
}

/** Opens an engine on a restored folder, with a desk. */
export const openThere = async (ground: Ground, folder: string): Promise<Engine> => {
  const engine = await startEngine(folder, ground.clock)
  const desk = connect(
    contract,
    async () => {
      const [near, far] = pairOfWires()
      engine.attach(far, 'browser')
      return near
    },
    { clock: systemClock },
  )
  onTestFinished(async () => {
    desk.close()
    const closing = engine.close(0)
    ground.clock.advance(1)
    await closing
  })
  return desk
}

/** A desk with something of everything, and a backup of it. */
export const openBackedUp = async (passphrase?: string) => {
  const ground = await openGround()
  onTestFinished(() => ground[Symbol.asyncDispose]())
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground)
  const [row] = await openRows(desk)
  if (!row) throw new Error('no report')
  await desk.call('notes.add', { server: key, account: row.target.id, text: SECRET_NOTE })
  await desk.call('templates.put', { id: null, name: 'Spam', language: 'en', text: 'You advertised.' })
  await desk.call('settings.set', { graceSeconds: 7 })
  const file = join(ground.folder, 'desk.howdah')
  const cli = ground.client('cli')
  const back = () => cli.call('backup.make', passphrase === undefined ? { file } : { file, passphrase })
  return { ground, desk, cli, key, row, file, back, folder: another() }
}
type BackedUp = Awaited<ReturnType<typeof openBackedUp>>

export const restored = (to: BackedUp, passphrase?: string) =>
  restoreBackup({ folder: to.folder, file: to.file, passphrase }, anotherDoor, to.ground.clock.now())

export const actionsOf = async (desk: Engine) =>
  (await desk.call('log.page', { limit: 200 })).entries.map(({ action }) => action)

export const precious = async (desk: Engine, { key, row }: BackedUp) => ({
  notes: await desk.call('notes.list', { server: key, account: row.target.id }),
  templates: await desk.call('templates.list', {}),
  settings: await desk.call('settings.get', {}),
})
