import { contract, type Engine } from '../../../shared/contract/index.ts'
import { connect } from '../../../shared/contract/rpc.ts'
import type { Wire } from '../../../shared/contract/wires.ts'
import { systemClock } from '../../../shared/system-clock.ts'
import type { Shell } from './shell.ts'

/** The one connection of this page to its engine, over the wire that was dialled first, and over others where that is lost. */
export const startEngine = (shell: Shell, dialled: Promise<Wire>): Engine => {
  let first: Promise<Wire> | undefined = dialled
  const dial = () => {
    const wire = first ?? shell.openWire()
    first = undefined
    return wire
  }
  return connect(contract, dial, { clock: systemClock })
}
