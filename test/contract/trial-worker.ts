import { type MessagePort, parentPort } from 'node:worker_threads'
import { portWire } from '../../src/shared/contract/wires.ts'
import { makeTrialServer } from './ground.ts'

const answer = makeTrialServer()
parentPort?.on('message', (port: MessagePort) => answer(portWire(port)))
