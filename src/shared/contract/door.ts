import { z } from 'zod'
import { command } from './method.ts'

/** The reverse, tiny contract: what the engine asks of the door that opened it. */
export const door = {
  /** Seals a secret for this computer's user. */
  'door.seal': command(
    z.object({ secret: z.string() }),
    z.object({ sealed: z.string(), by: z.enum(['keyring', 'key-file']) }),
  ),
  /** Opens what `door.seal` made; `not-allowed` when this door did not seal it or its key is gone. */
  'door.unseal': command(z.object({ sealed: z.string() }), z.object({ secret: z.string() })),
}
