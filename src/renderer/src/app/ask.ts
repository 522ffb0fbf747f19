// The first of all imports, so that no schema is older.
import '../jitless.ts'
import type { Engine } from '../../../shared/contract/index.ts'
import type { Wire } from '../../../shared/contract/wires.ts'
import type { Shell } from '../client/shell.ts'
import { startEngine } from '../client/start-engine.ts'
import { keepPlace } from './keep-place.ts'
import { openFirst } from './open-first.ts'

/** Starts to speak with the engine; `answered` ends when it has answered all that the first screen will show. */
export const ask = (shell: Shell, dialled: Promise<Wire>): { engine: Engine; answered: Promise<void> } => {
  keepPlace()
  const engine = startEngine(shell, dialled)
  return { engine, answered: openFirst(engine) }
}
