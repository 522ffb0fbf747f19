import { z } from 'zod'
import { command } from './method.ts'

/** The reverse, tiny contract: what the engine asks of the door that opened it. */
export const door = {
  /** Seals a secret for this computer's user. `keyFile`: the user insists on a key file where the system offers no real keyring. */
  'door.seal': command(
    z.object({ secret: z.string(), keyFile: z.boolean().default(false) }),
    z.object({ sealed: z.string(), by: z.enum(['keyring', 'key-file']) }),
  ),
  /**
   * Opens what `door.seal` made. `resealed` takes the place of what was given, where the keyring has a newer key. `not-allowed` when
   * this door did not seal it or its key is gone; `storage` with `door.keyring-locked` or `door.no-keyring` when it may be opened later:
   * nothing is forgotten then.
   */
  'door.unseal': command(
    z.object({ sealed: z.string(), keyFile: z.boolean().default(false) }),
    z.object({ secret: z.string(), resealed: z.string().optional() }),
  ),
}
