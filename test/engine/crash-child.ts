import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { keyFileSecrets } from '../../src/main/doors/loopback/secrets.ts'
import { startEngine } from '../../src/main/doors/start-engine.ts'
import { contract } from '../../src/shared/contract/index.ts'
import { connect } from '../../src/shared/contract/rpc.ts'
import { systemClock } from '../../src/shared/system-clock.ts'

/**
 * A process with the real engine in its real thread, to be killed: `crash-child.ts FOLDER`. Each line on standard input is a call
 * `{ id, name, input }`, each on standard output its answer `{ id, output }` or `{ id, error }`.
 */
const folder = process.argv[2] ?? ''
const engine = await startEngine({
  enginePath: fileURLToPath(new URL('../../src/main/engine/worker.ts', import.meta.url)),
  folder,
  secrets: keyFileSecrets(folder),
  onFault: error => console.error(error),
})
const desk = connect(contract, async () => engine.open('desktop'), { clock: systemClock })
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)
say({ id: 0, output: 'ready' })
for await (const line of createInterface({ input: process.stdin })) {
  const { id, name, input }: { id: number; name: 'decisions.arm'; input: never } = JSON.parse(line)
  desk.call(name, input).then(
    output => say({ id, output }),
    error => say({ id, error: String(error) }),
  )
}
await engine.close()
process.exit(0)
