import { contract, type Engine } from '../../../shared/contract/index.ts'
import { connect } from '../../../shared/contract/rpc.ts'
import { systemClock } from '../../../shared/system-clock.ts'
import type { Shell } from './shell.ts'

/** The one connection of this page to its engine. */
export const startEngine = (shell: Shell): Engine => connect(contract, shell.openWire, { clock: systemClock })
