import { z } from 'zod'
import { ServerKey, Time } from './ids.ts'
import { command, query } from './method.ts'
import type { Topic } from './topics.ts'

/** A server that the user signed in to. */
export const Server = z.object({
  key: ServerKey,
  /** As the server names itself, for people: `lindenhof.example`. */
  domain: z.string(),
  /** Where it is reached: `https://lindenhof.example`. */
  origin: z.string(),
  title: z.string(),
  /** Its release, such as `4.6.5`. */
  release: z.string(),
  /** Two letters and one of eight colours that tell it from every other server here. */
  mark: z.object({ letters: z.string(), colour: z.number().int().min(1).max(8) }),
  account: z.object({ id: z.string(), acct: z.string() }),
  role: z.object({
    name: z.string(),
    /** May see and change reports. */
    manageReports: z.boolean(),
    /** May act on accounts. */
    manageUsers: z.boolean(),
    /** May see and change domain blocks. */
    manageFederation: z.boolean(),
  }),
  /** False after the server refused the token, or after signing out. */
  signedIn: z.boolean(),
  /** Plain http to this computer: marked on screen. */
  insecure: z.boolean(),
  /** Who sealed the token: `keyring` (the system's), or `key-file` (0600 beside the data). */
  sealedBy: z.enum(['keyring', 'key-file']),
  signedInAt: Time,
})
export type Server = z.infer<typeof Server>

const topics = ['servers'] as const satisfies Topic[]

export const servers = {
  'servers.list': query(z.object({}), z.object({ servers: z.array(Server) }), topics),
  /** Signs in with a pasted token. Fails with `not-allowed` (reason `http`, `not-mastodon`, `no-admin-scope`, `no-role` …) or `offline`. */
  'servers.signIn': command(
    z.object({ url: z.string().min(1).max(300), token: z.string().min(1).max(2000) }),
    z.object({ server: Server }),
  ),
  /** Forgets the token; decisions and log stay. `revokeAt` is the page where a pasted token is revoked. */
  'servers.signOut': command(z.object({ server: ServerKey }), z.object({ revokeAt: z.string() })),
}
