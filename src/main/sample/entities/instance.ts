/** The instance, v1 and v2 (contract g). */
import { accountText } from './account.ts'
import { rulesInForce } from './report.ts'
import type { View } from './view.ts'

const mimeTypes = [
  ...[
    'image/jpeg',
    'image/png',
    'image/gif',
    'image/heic',
    'image/heif',
    'image/webp',
    'image/avif',
    'video/webm',
    'video/mp4',
  ],
  ...[
    'video/quicktime',
    'video/ogg',
    'audio/wave',
    'audio/wav',
    'audio/x-wav',
    'audio/x-pn-wave',
    'audio/vnd.wave',
    'audio/ogg',
  ],
  ...[
    'audio/vorbis',
    'audio/mpeg',
    'audio/mp3',
    'audio/webm',
    'audio/flac',
    'audio/aac',
    'audio/m4a',
    'audio/x-m4a',
    'audio/mp4',
  ],
  ...['audio/3gpp', 'video/x-ms-asf'],
]

const mediaLimits = {
  supported_mime_types: mimeTypes,
  image_size_limit: 16_777_216,
  image_matrix_limit: 33_177_600,
  video_size_limit: 103_809_024,
  video_frame_rate_limit: 120,
  video_matrix_limit: 8_294_400,
}
const statusLimits = { max_characters: 500, max_media_attachments: 4, characters_reserved_per_url: 23 }
const pollLimits = { max_options: 4, max_characters_per_option: 50, min_expiration: 300, max_expiration: 2_629_746 }

function streamingUrl(view: View): string {
  return view.base.replace(/^http/, 'ws')
}

function thumbnail(view: View): string {
  return `${view.base}/packs/media/images/preview.png`
}

function contactOf(view: View): unknown {
  const id = view.sample.world.instance.contactAccountId
  const account = id === null ? undefined : view.sample.world.account(id)
  return account === undefined ? null : JSON.parse(accountText(view, account))
}

/** `/api/v2/instance`. */
export function instanceV2(view: View): Record<string, unknown> {
  const { world, release } = view.sample
  const { instance } = world
  const since44 = release.has('4.4')
  const configuration: Record<string, unknown> = {
    urls: {
      streaming: streamingUrl(view),
      status: null,
      ...(since44 ? { about: `${view.base}/about`, privacy_policy: null, terms_of_service: null } : {}),
    },
    ...(release.has('4.3') ? { vapid: { public_key: null } } : {}),
    accounts: { max_featured_tags: 10, ...(release.has('4.3') ? { max_pinned_statuses: 5 } : {}) },
    statuses: statusLimits,
    media_attachments: since44 ? { ...mediaLimits, description_limit: 1500 } : mediaLimits,
    polls: pollLimits,
    translation: { enabled: false },
    ...(since44 ? { limited_federation: instance.limitedFederation } : {}),
  }
  const { enabled, approvalRequired, reasonRequired, message, minAge } = instance.registrations
  return {
    domain: instance.domain,
    title: instance.title,
    version: release.version,
    source_url: 'https://github.com/mastodon/mastodon',
    description: instance.description,
    usage: { users: { active_month: activeMonth(view) } },
    thumbnail: { url: thumbnail(view) },
    ...(release.has('4.3') ? { icon: [{ src: `${view.base}/packs/media/icons/icon-36.png`, size: '36x36' }] } : {}),
    languages: instance.languages,
    configuration,
    registrations: {
      enabled,
      approval_required: approvalRequired,
      ...(since44 ? { reason_required: reasonRequired, min_age: minAge } : {}),
      message,
      ...(release.has('4.2') ? { url: null } : {}),
    },
    ...(release.apiVersion === null
      ? {}
      : { api_versions: { mastodon: release.apiVersion, ...(release.glitch ? { glitch: 1 } : {}) } }),
    contact: { email: instance.email, account: contactOf(view) },
    rules: rulesInForce(view),
  }
}

const month = 30 * 86_400_000

function activeMonth(view: View): number {
  const since = view.sample.clock.now() - month
  const local = view.sample.world.accountsByDomain.get('')?.all() ?? []
  return local.filter(account => (account.user?.lastSignInAt ?? 0) >= since).length
}

/** `/api/v1/instance`. */
export function instanceV1(view: View): Record<string, unknown> {
  const { world, release } = view.sample
  const { instance } = world
  const local = world.accountsByDomain.get('')?.all() ?? []
  return {
    uri: instance.domain,
    title: instance.title,
    short_description: instance.shortDescription,
    description: instance.description,
    email: instance.email,
    version: release.version,
    urls: { streaming_api: streamingUrl(view) },
    stats: {
      user_count: local.filter(account => account.user?.confirmed === true).length,
      status_count: local.reduce((sum, account) => sum + account.statusesCount, 0),
      domain_count: world.accountsByDomain.size - (world.accountsByDomain.has('') ? 1 : 0),
    },
    thumbnail: thumbnail(view),
    languages: instance.languages,
    registrations: instance.registrations.enabled,
    approval_required: instance.registrations.approvalRequired,
    invites_enabled: true,
    configuration: {
      accounts: { max_featured_tags: 10 },
      statuses: statusLimits,
      media_attachments: mediaLimits,
      polls: pollLimits,
    },
    contact_account: contactOf(view),
    rules: rulesInForce(view),
  }
}
