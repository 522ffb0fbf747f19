import { pairOfWires, type Wire } from '../../shared/contract/wires.ts'

/** The first frame of a wire, and the wire as it goes on after it. Nothing when it closed before. */
export const firstFrame = (wire: Wire): Promise<{ text: string; rest: Wire } | undefined> =>
  new Promise(resolve => {
    const [inner, rest] = pairOfWires()
    let heard = false
    inner.listen({ text: wire.send, close: wire.close })
    wire.listen({
      text: text => {
        if (heard) return inner.send(text)
        heard = true
        resolve({ text, rest })
      },
      close: () => {
        inner.close()
        resolve(undefined)
      },
    })
  })
