import { z } from 'zod'
import { FailureCode, FailureDetail } from './failure.ts'
import { ServerKey, Time } from './ids.ts'
import { command, query } from './method.ts'
import type { Topic } from './topics.ts'

/** What a role, a token and a release allow, by noun: to see it, or to change it. */
export const Ability = z.enum([
  'reports.see',
  'reports.change',
  'accounts.see',
  'accounts.change',
  'accounts.erase',
  'domains.see',
  'domains.change',
  'blocks.see',
  'blocks.change',
  'figures.see',
  'trends.see',
  'trends.change',
])
export type Ability = z.infer<typeof Ability>

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
  mark: z.object({ letters: z.string(), colour: z.int().min(1).max(8) }),
  account: z.object({ id: z.string(), acct: z.string() }),
  role: z.object({
    name: z.string(),
    /** May see and change reports. */
    manageReports: z.boolean(),
    /** May act on accounts. */
    manageUsers: z.boolean(),
    /** May see and change domain blocks and allows. */
    manageFederation: z.boolean(),
    /** May see and change blocks of e-mail domains, addresses and single e-mails. */
    manageBlocks: z.boolean(),
    /** May see and judge trends and hashtags. */
    manageTaxonomies: z.boolean(),
    /** May see figures. */
    viewDashboard: z.boolean(),
    /** May delete the data of a suspended account at once. */
    deleteUserData: z.boolean(),
  }),
  /** What the token was granted, such as `admin:read`; null where the server does not say (a pasted token before Mastodon 4.3). */
  scopes: z.array(z.string()).nullable(),
  /** False when the token is known to be for reading only: then the first decision asks for more. */
  mayDecide: z.boolean(),
  /**
   * What cannot be done with this sign-in: `why` is `cannot.role`, `cannot.scope` or `cannot.release`, `page` where on the server
   * someone whose role may can do it.
   */
  cannot: z.array(
    z.object({ ability: Ability, why: z.enum(['cannot.role', 'cannot.scope', 'cannot.release']), page: z.string() }),
  ),
  /** False after the server refused the token, or after signing out. */
  signedIn: z.boolean(),
  /** Plain http to this computer: marked on screen. */
  insecure: z.boolean(),
  /**
   * The kind of network that is not the internet and that a person agreed to reach it in: `loopback`, `private`, `uniqueLocal` and others of
   * ipaddr.js; null where there is no such agreement.
   */
  ownNetwork: z.string().nullable(),
  /** Who sealed the token: `keyring` (the system's), or `key-file` (0600 beside the data). */
  sealedBy: z.enum(['keyring', 'key-file']),
  /** Where the token came from: `browser`, by our own sign-in, so that signing out revokes it, or `pasted`, from an application of the person's. */
  tokenFrom: z.enum(['browser', 'pasted']),
  /** True while a token of ours, no longer used, is not proved dead: Howdah tries again, or a person revokes it there and says so. */
  notRevoked: z.boolean(),
  signedInAt: Time,
  /** How far its clock is ahead of this computer's, in ms; 0 while they agree within a minute, or nothing is known. */
  clockAheadMs: z.int(),
  /** Until when nothing is asked of it, since it asked for that (a 429) or its limit is used up; null when it may be asked. */
  waitsUntil: Time.nullable(),
  /**
   * When it was last seen to be put back to an earlier state, such as a backup, and from when on, by its own clock, what we knew is lost there
   * at the latest; `told` once a person said so. Null where that was never seen.
   */
  wentBack: z.object({ seenAt: Time, lostFrom: Time, told: z.boolean() }).nullable(),
})
export type Server = z.infer<typeof Server>

/**
 * Where the server sends the browser back to: `/callback` on a port of this computer, by its literal (the server then ignores the
 * port, contract A.3), or nowhere: then it shows a code to copy.
 */
const SignInRedirect = z.union([
  z.literal('oob'),
  z
    .string()
    .regex(/^http:\/\/127\.0\.0\.1:([1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])\/callback$/),
])

/** The single-use word that ties a code to the sign-in that asked for it: 256 random bits. */
const State = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/**
 * An address of an own network that the server's name leads to, as the failure `failure.own-network` told it, where a person agreed to
 * go there: from then on this server may be reached in that kind of network.
 */
const PrivateAddress = z.string().min(2).max(60).optional()

/** What a person typed as the address of a server; that it is none has a sentence of its own (`failure.no-address`). */
const Typed = z.string().max(300)

/** Who a server says it is (RFC 9207). */
const Issuer = z.string().min(1).max(2000).optional()

/** What the server sends back: a code, or an error's code such as `access_denied`. */
export const SignInReturn = z.union([
  z.strictObject({ state: State, iss: Issuer, code: z.string().regex(/^[\x21-\x7e]{1,512}$/) }),
  z.strictObject({ state: State, iss: Issuer, error: z.string().regex(/^[a-z_]{1,64}$/) }),
])
export type SignInReturn = z.infer<typeof SignInReturn>

/** How far a sign-in by the browser is. `gone`: given up, forgotten, or not known here. */
const SignInPhase = z.discriminatedUnion('phase', [
  z.object({ phase: z.enum(['waiting', 'checking', 'gone']) }),
  z.object({ phase: z.literal('done'), server: Server }),
  z.object({ phase: z.literal('refused'), code: FailureCode, detail: FailureDetail }),
])

const topics = ['servers'] as const satisfies Topic[]

/** What may be asked and said about servers and sign-ins. */
export const servers = {
  'servers.list': query(z.object({}), z.object({ servers: z.array(Server) }), topics),
  /** Signs in with a pasted token. Fails with `not-allowed` (reason `http`, `not-mastodon`, `token-shape`, `no-admin-scope`, `no-role` …) or `offline` (`own-network`). */
  'servers.signIn': command(
    z.object({ url: Typed, token: z.string().max(10_000), privateAddress: PrivateAddress }),
    z.object({ server: Server }),
  ),
  /**
   * Begins a sign-in by the browser: finds out who answers, registers Howdah there once, and makes the address to open. Fails as
   * `servers.signIn` does, or with `failure.registration-refused` or `failure.registrations`. It waits ten minutes. `decide` asks
   * for the right to decide too; without it only a server that had it is asked for it again. `server` is signed in to once more, and
   * no other account is taken (`failure.other-account`); without it a server that is here already is asked for another account.
   */
  'servers.beginSignIn': command(
    z.object({
      url: Typed,
      privateAddress: PrivateAddress,
      redirect: SignInRedirect,
      decide: z.boolean().default(false),
      server: ServerKey.optional(),
    }),
    z.object({ authorizeUrl: z.string(), state: State, waitsFor: z.enum(['callback', 'code']) }),
  ),
  /**
   * Ends it with what came back, once, whatever comes of it. `not-found` for a state that waits for nothing; `not-allowed` with
   * `failure.sign-in-denied`, `failure.code-refused` …
   */
  'servers.finishSignIn': command(SignInReturn, z.object({ server: Server })),
  /** How far it is, for the screen that waits. */
  'servers.signInPhase': query(z.object({ state: State }), SignInPhase, topics),
  /** Gives it up: what comes back later is refused. */
  'servers.cancelSignIn': command(z.object({ state: State }), z.object({})),
  /**
   * Forgets the token; decisions and log stay. A token of our own sign-in is revoked first, and that is proved: `token` says whether.
   * `revokeAt` is the page where a person revokes the others.
   */
  'servers.signOut': command(
    z.object({ server: ServerKey }),
    z.object({ revokeAt: z.string(), token: z.enum(['revoked', 'unproved', 'pasted']) }),
  ),
  /** Tries once more to have the server revoke what is not proved dead, and proves it. */
  'servers.revokeAgain': command(z.object({ server: ServerKey }), z.object({ token: z.enum(['revoked', 'unproved']) })),
  /**
   * Takes the agreement to an own network back, for every sign-in at this address: nothing goes there any more, until a person agrees anew
   * at a sign-in. The token stays. Fails with `conflict` where there is none.
   */
  'servers.withdrawNetwork': command(z.object({ server: ServerKey }), z.object({})),
  /** A person took note that a server was put back to an earlier state: nothing more is said of it. */
  'servers.noteWentBack': command(z.object({ server: ServerKey }), z.object({})),
  /** A person says that it is revoked: what is left of the token here is forgotten. */
  'servers.settleRevoked': command(z.object({ server: ServerKey }), z.object({})),
}
