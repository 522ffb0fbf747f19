/** The workbench on which the scenario is put together: world, chance, times, and the look-ups that all parts share. */
import { snowflakeAt } from '../rules/ids.ts'
import type { AccountRecord, Profile, ReportRecord, StatusExtra, StatusRecord, UserRecord } from '../rules/model.ts'
import { newAccount, newStatus, plainExtra } from '../rules/records.ts'
import type { World } from '../rules/world.ts'
import { Dice } from './dice.ts'
import { portrait } from './drawn/pictures.ts'
import { profileUrl, type Rendered, render } from './html.ts'
import { span, withDates } from './moments.ts'
import type { Lang } from './script.ts'

/** A report that has no number yet: numbers follow time. */
export type ReportDraft = Omit<ReportRecord, 'id' | 'updatedAt'>

/** What a new account must say of itself; the rest has everyday values. */
export interface Newcomer {
  readonly handle: string
  readonly shown: string
  readonly note: string
  readonly lang: Lang
  readonly createdAt: number
  readonly user?: Partial<UserRecord>
  readonly counts?: readonly [followers: number, following: number, posts: number]
  readonly fields?: readonly (readonly [string, string])[]
  readonly kind?: 'bot' | 'group' | 'memorial' | 'actor'
  readonly locked?: boolean
  readonly label?: string | null
  /** Without a picture of its own. */
  readonly faceless?: boolean
}

/** What a new post must say of itself. */
export interface Draft {
  readonly by: AccountRecord
  readonly at: number
  readonly text: string
  readonly lang: Lang
  readonly to?: StatusRecord
  readonly extra?: Partial<StatusExtra>
  readonly visibility?: StatusRecord['visibility']
  readonly cw?: string
}

/** Puts a scenario together; made once, thrown away when the world stands. */
export class Story {
  readonly world: World
  readonly seed: number
  /** The moment that the story calls now. */
  readonly now: number
  readonly posts = new Map<string, StatusRecord>()
  readonly reports: ReportDraft[] = []
  private made = 0

  constructor(world: World, seed: number, now: number) {
    this.world = world
    this.seed = seed
    this.now = now
  }

  /** A stream of chance for one subject. */
  dice(subject: string): Dice {
    return new Dice(this.seed, subject)
  }

  /** The moment `ago` before now, e.g. `3d4h`. */
  at(ago: string): number {
    return this.now - span(ago)
  }

  /** An id for something made at `at`, unlike all others of the story. */
  id(at: number): string {
    this.made += 1
    return snowflakeAt(at, this.made)
  }

  /** A number that is the same in every run, for drawing and the like. */
  number(of: string): number {
    return this.dice(`number ${of}`).whole(1, 1_000_000_000)
  }

  /** The account with this handle. Throws when the story never introduced it. */
  who(handle: string): AccountRecord {
    const found = this.world.accountsByHandle.get(handle.toLowerCase())
    if (found === undefined) throw new Error(`Nobody is called ${handle}`)
    return found
  }

  knows(handle: string): boolean {
    return this.world.accountsByHandle.has(handle.toLowerCase())
  }

  /** The anonymous actor that files the reports of a whole server; made when first asked for. */
  actor(host: string): AccountRecord {
    const handle = `${host}@${host}`
    if (this.knows(handle)) return this.who(handle)
    const createdAt = this.at('1500d') + this.dice(`actor ${host}`).whole(0, 700) * 86_400_000
    return this.join({
      handle,
      shown: '',
      note: '',
      lang: 'en',
      createdAt,
      kind: 'actor',
      counts: [0, 0, 0],
      locked: true,
      faceless: true,
    })
  }

  /** Who stands behind a name in a list of reporters: a handle, or a bare host for its actor. */
  reporter(name: string): AccountRecord {
    return name.includes('@') || !name.includes('.') ? this.who(name) : this.actor(name)
  }

  /** A text in HTML, as its author's server would make it. */
  render(text: string, from: string | null, lang: Lang): Rendered {
    return render(withDates(text, this.now, lang), {
      home: this.world.instance.domain,
      from,
      find: handle => this.world.accountsByHandle.get(handle),
      hasEmoji: code => this.world.emojis.has(from === null ? code : `${code}@${from}`),
    })
  }

  /** Adds an account. */
  join(one: Newcomer): AccountRecord {
    const [username = '', domain = null] = one.handle.split('@')
    const name = this.render(one.shown, domain, one.lang)
    const note = this.render(one.note, domain, one.lang)
    const id = this.id(one.createdAt)
    const counts = one.counts ?? [0, 0, 0]
    return this.world.addAccount(
      newAccount({
        id,
        username,
        domain,
        createdAt: one.createdAt,
        profile: {
          displayName: one.shown,
          note: note.html,
          avatar: one.faceless === true ? null : this.face(one.handle),
          header: null,
          locked: one.locked ?? false,
          bot: one.kind === 'bot' || one.kind === 'actor',
          group: one.kind === 'group',
          discoverable: one.kind === 'actor' ? null : true,
          indexable: false,
          hideCollections: domain === null ? false : null,
          fields: (one.fields ?? []).map(([title, value]) => ({
            name: title,
            value: this.render(value, domain, one.lang).html.replace(/^<p>|<\/p>$/g, ''),
            verifiedAt: value.startsWith('https://') ? one.createdAt + 86_400_000 : null,
          })),
          emojis: [...new Set([...name.emojis, ...note.emojis])],
        } satisfies Profile,
        user: domain === null ? this.login(one, username) : null,
        memorial: one.kind === 'memorial',
        followersCount: counts[0],
        followingCount: counts[1],
        statusesCount: counts[2],
        label: one.label ?? null,
      }),
    )
  }

  private login(one: Newcomer, username: string): UserRecord {
    const dice = this.dice(`login ${username}`)
    const net = dice.pick(['192.0.2', '198.51.100'])
    const seen = this.now - dice.whole(0, 12 * 60) * 60_000
    const ips = [{ ip: `${net}.${dice.whole(2, 250)}`, usedAt: Math.max(seen, one.createdAt) }]
    if (dice.chance(0.3))
      ips.push({ ip: `2001:db8:1${dice.whole(0, 9)}::${dice.whole(1, 9999).toString(16)}`, usedAt: one.createdAt })
    return {
      id: this.world.userIds.next(),
      email: `${username}@${dice.pick(['post.example', 'post.example', 'brief.example', 'courrier.example', 'correo.example'])}`,
      locale: one.lang,
      confirmed: true,
      approved: true,
      disabled: false,
      roleId: null,
      inviteRequest: null,
      ips,
      createdByApplicationId: null,
      invitedByAccountId: undefined,
      noindex: dice.chance(0.2),
      lastSignInAt: Math.max(seen, one.createdAt),
      ...one.user,
    }
  }

  /** Path of a drawn portrait. */
  private face(handle: string): string {
    const number = this.number(`face ${handle}`)
    const path = `/system/accounts/avatars/${number}.png`
    this.world.files.set(path, { contentType: 'image/png', make: () => portrait(number, 60) })
    return path
  }

  /** Adds a post and counts it with its author and with what it answers. */
  post(draft: Draft): StatusRecord {
    const { by, at, to } = draft
    const body = this.render(draft.text, by.domain, draft.lang)
    const named = this.render(draft.cw ?? '', by.domain, draft.lang)
    const extra: StatusExtra = {
      ...plainExtra,
      ...draft.extra,
      mentions: body.mentions,
      tags: body.tags,
      emojis: [...new Set([...body.emojis, ...named.emojis])],
    }
    const id = this.id(at)
    const origin = by.domain === null ? null : `https://${by.domain}`
    const rich =
      extra.media.length + extra.mentions.length + extra.tags.length + extra.emojis.length + extra.edits.length > 0
    by.lastStatusAt = Math.max(by.lastStatusAt ?? 0, at)
    by.statusesCount += 1
    if (to !== undefined) to.repliesCount += 1
    return this.world.addStatus(
      newStatus({
        id,
        accountId: by.id,
        createdAt: at,
        content: body.html,
        spoilerText: draft.cw ?? '',
        sensitive: draft.cw !== undefined && extra.media.length > 0,
        visibility: draft.visibility ?? 'public',
        language: draft.lang,
        inReplyToId: to?.id ?? null,
        uri: origin === null ? null : `${origin}/users/${by.username}/statuses/${id}`,
        url: origin === null ? null : `${profileUrl(by, this.world.instance.domain)}/${id}`,
        extra: rich || draft.extra !== undefined ? extra : null,
      }),
    )
  }
}
