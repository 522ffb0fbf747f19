/** The pages of the browser's part of OAuth: plain HTML forms, no script. */
import type { Asking } from '../rules/grants.ts'
import type { AccountRecord, RoleRecord } from '../rules/model.ts'

/** Text made safe for HTML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`)
}

/** A page with a little style and nothing that runs. */
export function browserPage(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem; color-scheme: light dark }
button, select { font: inherit; padding: .4rem .8rem }
code { overflow-wrap: anywhere }
</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`
}

/** Security headers of these pages; no \`form-action\`, as browsers apply it to the redirect after a form too. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'private, no-store',
}

/** Somebody who may sign in here. */
export type Person = { readonly name: string; readonly account: AccountRecord; readonly role: RoleRecord | null }

function hidden(params: Readonly<Record<string, unknown>>): string {
  return Object.entries(params)
    .filter(([, value]) => typeof value === 'string')
    .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(String(value))}">`)
    .join('\n')
}

/** Who are you, and may this application act for you? A sample server asks for no password. */
export function consentPage(
  title: string,
  asked: Asking,
  people: readonly Person[],
  chosen: string | null,
  params: Readonly<Record<string, unknown>>,
): string {
  const options = people.map(({ name, role }) => {
    const label = role === null || role.name === '' ? name : `${name} (${role.name})`
    return `<option value="${escaped(name)}"${name === chosen ? ' selected' : ''}>${escaped(label)}</option>`
  })
  const scopes = asked.scopes.map(scope => `<li><code>${escaped(scope)}</code></li>`).join('')
  return browserPage(
    `Authorize ${asked.app.name}`,
    `<h1>${escaped(title)}</h1>
<p><strong>${escaped(asked.app.name)}</strong> would like to use your account. It asks for:</p>
<ul>${scopes}</ul>
<form method="post" action="/oauth/authorize">
${hidden(params)}
<p><label>Sign in as <select name="as">${options.join('')}</select></label></p>
<p><button type="submit" name="decision" value="authorize">Authorize</button>
<button type="submit" name="decision" value="deny">Deny</button></p>
</form>
<p>This is a sample server: its people are invented, and it asks for no password.</p>`,
  )
}
