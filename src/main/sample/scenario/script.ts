/**
 * How the story of the sample world is written down: plain records, by hand, in `texts/`. People are named by `user` (at home)
 * or `user@host`; posts by a short key; times as "how long ago" (`3d4h`, `25m`), counted from the scenario's fixed moment.
 *
 * Post texts are plain text with a little markup: `@user` and `@user@host` mention, `#word` tags, `https://…` links,
 * `[label](address)` is a link whose words differ from its target, a blank line starts a paragraph.
 * `{date:+4d}` in any text becomes that day's date in the text's language, so that deadlines move with the clock.
 */

/** Languages in which the people of the scenario write. */
export type Lang = 'en' | 'de' | 'fr' | 'es' | 'ar' | 'ja'

/** Somebody with a name and a history, written by hand. */
export interface Person {
  readonly at: string
  readonly name: string
  readonly lang: Lang
  readonly note: string
  /** Age of the account in days. */
  readonly days: number
  readonly fields?: readonly (readonly [name: string, value: string])[]
  readonly role?: 'Owner' | 'Admin' | 'Moderator'
  readonly kind?: 'bot' | 'group' | 'memorial'
  readonly movedTo?: string
  readonly locked?: true
  /** Followers, following and posts as the profile counts them; made up when absent. */
  readonly counts?: readonly [followers: number, following: number, posts: number]
}

/** A picture, moving picture or video that code draws; `says` is its description for people who cannot see it. */
export interface Drawn {
  readonly draw: 'photo' | 'screenshot' | 'poster' | 'chart' | 'loop' | 'video'
  readonly says: string | null
  /** Width and height in pixels. */
  readonly size?: readonly [number, number]
}

/** A post. `before` lists its earlier versions, oldest first; `gone` marks a post its author deleted after it was reported. */
export interface Post {
  readonly key: string
  readonly by: string
  readonly ago: string
  readonly text: string
  readonly lang?: Lang
  readonly to?: string
  readonly cw?: string
  readonly seen?: 'unlisted' | 'private' | 'direct'
  readonly media?: readonly Drawn[]
  readonly poll?: {
    readonly options: readonly (readonly [string, number])[]
    readonly ends: string
    readonly multiple?: true
  }
  readonly quote?: string
  /** The quoted author took the quote back. */
  readonly quoteRevoked?: true
  readonly before?: readonly string[]
  readonly boosts?: readonly string[]
  readonly likes?: number
  readonly gone?: true
  readonly card?: { readonly url: string; readonly title: string; readonly about: string; readonly site: string }
}

/** A report as somebody filed it. `by` may be a bare host: the server's own anonymous actor. */
export interface Complaint {
  readonly about: string
  readonly by: string
  readonly ago: string
  readonly category: 'other' | 'spam' | 'legal' | 'violation'
  readonly comment: string
  readonly rules?: readonly number[]
  readonly posts?: readonly string[]
  /** Whether the reporter asked to pass it on; null for reports that came from elsewhere. */
  readonly forwarded?: boolean
  readonly assigned?: string
  readonly done?: { readonly by: string; readonly ago: string }
}

/** A server the home server knows. */
export interface KnownServer {
  readonly host: string
  readonly about: string
  readonly langs: readonly Lang[]
  /** How many accounts of it the home server has met, besides those the story names. */
  readonly size: number
  readonly open?: true
}

/** A domain block as an admin entered it. */
export interface Block {
  readonly domain: string
  readonly severity: 'noop' | 'silence' | 'suspend'
  readonly ago: string
  readonly public: string | null
  readonly private: string | null
  readonly rejectMedia?: true
  readonly rejectReports?: true
  readonly obfuscate?: true
}
