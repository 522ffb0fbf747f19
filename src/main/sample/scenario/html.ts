/** Turns the texts of the story into the HTML that a Mastodon server sends, and says whom and what they name. */
import type { AccountRecord } from '../rules/model.ts'

/** A text as a server shows it. `mentions` are account ids, `tags` lower case, `emojis` shortcodes. */
export interface Rendered {
  readonly html: string
  readonly mentions: readonly string[]
  readonly tags: readonly string[]
  readonly emojis: readonly string[]
}

/** What the renderer asks about the world around a text. */
export interface Surroundings {
  /** Domain of the server whose reader sees the text. */
  readonly home: string
  /** Domain of the author's server: `@name` without a host is looked for there. */
  readonly from: string | null
  /** The account with this handle (`name` at home, `name@host` elsewhere), if known. */
  readonly find: (handle: string) => AccountRecord | undefined
  /** Whether the author's server has such a custom emoji. */
  readonly hasEmoji: (shortcode: string) => boolean
}

/** Schemes of links that Mastodon's sanitiser lets through; of others only the words stay. */
const schemes = /^(?:https?|dat|dweb|ipfs|ipns|ssb|gopher|xmpp|magnet|gemini):/i

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text made safe for HTML. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, sign => entities[sign] ?? sign)
}

/** A link as the server shortens it: scheme hidden, thirty characters, the rest hidden. */
function bareLink(address: string): string {
  const [, scheme = '', rest = ''] = /^(https?:\/\/(?:www\.)?)(.*)$/.exec(address) ?? ['', '', address]
  const shown = rest.slice(0, 30)
  const hidden = rest.slice(30)
  const middle =
    hidden === '' ? `<span class="">${escapeHtml(shown)}</span>` : `<span class="ellipsis">${escapeHtml(shown)}</span>`
  return `<a href="${escapeHtml(address)}" target="_blank" rel="nofollow noopener" translate="no"><span class="invisible">${scheme}</span>${middle}<span class="invisible">${escapeHtml(hidden)}</span></a>`
}

/** Where an account's profile is. */
export function profileUrl(
  account: { readonly username: string; readonly domain: string | null },
  home: string,
): string {
  return `https://${account.domain ?? home}/@${account.username}`
}

const token =
  /\[([^\]]+)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>"]*[^\s<>".,;:!?…])|(?<![\p{L}\p{N}_/@])@([\w.]*\w(?:@[\w.-]*\w)?)|(?<![\p{L}\p{N}_/&])#([\p{L}_][\p{L}\p{N}_]*)|:(\w{2,}):/gu

/** Renders a text; a blank line starts a paragraph, a line break stays one. */
export function render(text: string, around: Surroundings): Rendered {
  const mentions = new Set<string>()
  const tags = new Set<string>()
  const emojis = new Set<string>()

  function mention(whole: string, name: string): string {
    const [user = '', host] = name.split('@')
    const domain = host ?? around.from
    const handle = domain === null || domain === around.home ? user : `${user}@${domain}`
    const account = around.find(handle.toLowerCase())
    if (account === undefined) return escapeHtml(whole)
    mentions.add(account.id)
    return `<span class="h-card" translate="no"><a href="${profileUrl(account, around.home)}" class="u-url mention">@<span>${escapeHtml(account.username)}</span></a></span>`
  }

  function tag(word: string): string {
    tags.add(word.toLowerCase())
    return `<a href="https://${around.from ?? around.home}/tags/${encodeURIComponent(word)}" class="mention hashtag" rel="tag">#<span>${escapeHtml(word)}</span></a>`
  }

  function inline(part: string): string {
    let html = ''
    let done = 0
    for (const match of part.matchAll(token)) {
      const [whole, label, target, address, name, word, code] = match
      html += escapeHtml(part.slice(done, match.index))
      done = match.index + whole.length
      if (label !== undefined && target !== undefined) {
        html += schemes.test(target)
          ? `<a href="${escapeHtml(target)}" target="_blank" rel="nofollow noopener">${escapeHtml(label)}</a>`
          : escapeHtml(label)
      } else if (address !== undefined) html += bareLink(address)
      else if (name !== undefined) html += mention(whole, name)
      else if (word !== undefined) html += tag(word)
      else {
        if (code !== undefined && around.hasEmoji(code)) emojis.add(code)
        html += escapeHtml(whole)
      }
    }
    return html + escapeHtml(part.slice(done))
  }

  const paragraphs = text.split(/\n{2,}/).map(part => `<p>${part.split('\n').map(inline).join('<br />')}</p>`)
  return { html: text === '' ? '' : paragraphs.join(''), mentions: [...mentions], tags: [...tags], emojis: [...emojis] }
}
