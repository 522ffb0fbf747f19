import { MessagePort, parentPort } from 'node:worker_threads'
import { portWire } from '../../src/shared/contract/wires.ts'
import { makeTrialServer } from './ground.ts'

const answer = makeTrialServer()
parentPort?.on('message', (given: MessagePort | Int32Array) => {
  if (given instanceof MessagePort) return answer(portWire(given))
  // Says that it stands still, until it is told to go on.
  Atomics.store(given, 0, 1)
  Atomics.wait(given, 0, 1)
})
