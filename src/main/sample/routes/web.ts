/** Addresses that a browser opens: on a real server profiles, posts and the web admin; here a page that says so. */
import type { Site } from './call.ts'
import { browserPage, escaped, pageHeaders } from './consent-page.ts'
import type { WebApp } from './node-bindings.ts'

/** What a real server shows at an address. */
function described(path: string): string {
  const [, area = '', id] = /^\/admin\/([a-z_]+)(?:\/([^/]+))?/.exec(path) ?? []
  if (path.startsWith('/admin'))
    return `the web admin${area === '' ? '' : `: ${area.replaceAll('_', ' ')}${id === undefined ? '' : ` ${id}`}`}`
  if (path.startsWith('/@')) return `the page of ${path.slice(1)}`
  if (path.startsWith('/tags/')) return `posts tagged ${path.slice(6)}`
  return 'its front page'
}

/** Serves the few pages of the web interface that Howdah leads to. */
export function addWebPages(app: WebApp, site: Site): void {
  for (const path of [
    '/',
    '/about',
    '/about/*',
    '/admin',
    '/admin/*',
    '/tags/*',
    '/@*',
    '/auth/*',
    '/oauth/authorized_applications',
  ]) {
    app.get(path, context => {
      const { instance } = site.sample.world
      const body = `<h1>${escaped(instance.title)}</h1><p>A real server shows ${escaped(described(context.req.path))} here. This is a sample server: it answers the API.</p>`
      return new Response(browserPage(instance.title, body), { headers: pageHeaders })
    })
  }
}
