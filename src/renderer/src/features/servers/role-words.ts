import type { Server } from '../../../../shared/contract/servers.ts'
import { say } from '../../../../shared/messages/say.ts'

/** The name of a role; a member has one without a name. */
export const roleWords = ({ name }: Server['role']): string => name || say('role.none')

/** Why something cannot be done here. */
export const cannotWords = (why: Server['cannot'][number]['why'], { name }: Server['role']): string =>
  why === 'cannot.role' && name === '' ? say('cannot.no-role') : say(why, { role: name })
