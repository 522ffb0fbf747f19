import type { Server } from '../../../../shared/contract/servers.ts'
import type { MessageCode } from '../../../../shared/messages/say.ts'
import type { Shell } from '../../client/shell.ts'

/**
 * What is less safe about a sign-in than one expects, said for as long as it is so. In the browser a key file is what one expects; a
 * desktop has a keyring, unless somebody did without.
 */
export const caveatsOf = (
  { insecure, sealedBy }: Pick<Server, 'insecure' | 'sealedBy'>,
  door: Shell['kind'],
): readonly MessageCode[] => [
  ...(insecure ? (['servers.insecure'] as const) : []),
  ...(door === 'desktop' && sealedBy === 'key-file' ? (['servers.key-file'] as const) : []),
]
