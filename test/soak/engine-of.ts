import { dialOwner } from '../../src/main/doors/owner.ts'
import { contract, type Engine } from '../../src/shared/contract/index.ts'
import { connect } from '../../src/shared/contract/rpc.ts'
import { systemClock } from '../../src/shared/system-clock.ts'

/** The engine that a door runs on this folder, as the command line reaches it. */
export const engineOf = (folder: string): Engine =>
  connect(
    contract,
    async () => {
      const wire = await dialOwner(folder, 'cli')
      if (!wire) throw new Error('nobody there')
      return wire
    },
    { clock: systemClock },
  )
