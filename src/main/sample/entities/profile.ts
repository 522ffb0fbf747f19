/** The part of an Account that its profile tells: the same for every account that shares the profile, so it is written once. */
import type { Profile } from '../rules/model.ts'
import { plainProfile } from '../rules/records.ts'
import type { Sample } from '../rules/sample.ts'
import { emojisOf } from './emoji.ts'
import { isoOrNull } from './times.ts'
import type { JsonText, View } from './view.ts'

/** A suspended account shows nothing of itself. */
const blank: Profile = { ...plainProfile, discoverable: false }
const blankHiding: Profile = { ...blank, hideCollections: true }
const blankShowing: Profile = { ...blank, hideCollections: false }

/** What stands in for a profile while its account is suspended. */
export function blankOf(profile: Profile): Profile {
  if (profile.hideCollections === null) return blank
  return profile.hideCollections ? blankHiding : blankShowing
}

const known = new WeakMap<Sample, WeakMap<Profile, JsonText>>()

function write(view: View, profile: Profile, domain: string | null): JsonText {
  const avatar = view.url(profile.avatar ?? '/avatars/original/missing.png')
  const header = view.url(profile.header ?? '/headers/original/missing.png')
  const keys: Record<string, unknown> = {
    display_name: profile.displayName,
    locked: profile.locked,
    bot: profile.bot,
    discoverable: profile.discoverable,
    ...(view.has('4.3') ? { indexable: profile.indexable, hide_collections: profile.hideCollections } : {}),
    group: profile.group,
    note: view.html(profile.note),
    avatar,
    avatar_static: avatar,
    header,
    header_static: header,
    emojis: emojisOf(view, profile.emojis, domain),
    fields: profile.fields.map(field => ({
      name: field.name,
      value: view.html(field.value),
      verified_at: isoOrNull(field.verifiedAt),
    })),
  }
  if (view.has('4.6')) {
    Object.assign(keys, { avatar_description: '', header_description: '', show_media: true, show_media_replies: true })
    Object.assign(keys, {
      show_featured: true,
      feature_approval: { automatic: [], manual: [], current_user: 'missing' },
    })
  }
  return JSON.stringify(keys).slice(1, -1)
}

/** Keys and values of a profile as JSON text without braces. `domain` is where its emojis live. */
export function profileText(view: View, profile: Profile, domain: string | null): JsonText {
  if (profile.emojis.length > 0) return write(view, profile, domain)
  let texts = known.get(view.sample)
  if (texts === undefined) {
    texts = new WeakMap()
    known.set(view.sample, texts)
  }
  const text = texts.get(profile) ?? write(view, profile, domain)
  texts.set(profile, text)
  return text
}
