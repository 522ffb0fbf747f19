import { WebSocket } from 'ws'
import { contract } from '../../src/shared/contract/index.ts'
import { connect } from '../../src/shared/contract/rpc.ts'
import { socketWire, type Wire } from '../../src/shared/contract/wires.ts'
import { systemClock } from '../../src/shared/system-clock.ts'
import { enter } from '../unit/doors/loopback-ground.ts'

/** A page's wire to the door, with every frame that went over it, and its browser's cookie. */
export const openPage = async (port: number, code: string) => {
  const cookie = (await enter(port, code)).slice('Cookie: '.length)
  const frames: { to: 'page' | 'engine'; text: string }[] = []
  let tab: string | null = null
  const dial = () =>
    new Promise<Wire>((done, failed) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/wire`, {
        origin: `http://127.0.0.1:${port}`,
        headers: { Cookie: cookie },
      })
      socket.once('error', failed)
      socket.once('open', () => socket.send(JSON.stringify({ tab })))
      socket.once('message', first => {
        tab = JSON.parse(String(first)).tab
        const wire = socketWire(socket)
        const listen: Wire['listen'] = on =>
          wire.listen({
            ...on,
            text: text => {
              frames.push({ to: 'page', text })
              on.text(text)
            },
          })
        const send: Wire['send'] = text => {
          frames.push({ to: 'engine', text })
          wire.send(text)
        }
        done({ ...wire, listen, send })
      })
    })
  return { frames, cookie, engine: connect(contract, dial, { clock: systemClock }) }
}
