/** Pictures and sounds made by code, and the default ones that every server has. */
import type { Site } from './call.ts'
import type { WebApp, WebContext } from './node-bindings.ts'

/** A transparent picture of one pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

/** Serves pictures, videos and sounds, and notes who fetched what. */
export function addFiles(app: WebApp, site: Site): void {
  const visit = (context: WebContext) =>
    site.sample.traces.files.push({
      path: context.req.path,
      identified: context.req.header('authorization') !== undefined || context.req.header('cookie') !== undefined,
    })
  app.get('/system/*', context => {
    visit(context)
    const file = site.sample.world.files.get(context.req.path)
    if (file === undefined) return context.notFound()
    return new Response(Buffer.from(file.make()), {
      headers: { 'content-type': file.contentType, 'cache-control': 'public, max-age=31536000, immutable' },
    })
  })
  // Media of deleted posts is shown to the web admin's own session only (contract F.12).
  app.get('/media_proxy/*', context => {
    visit(context)
    return context.notFound()
  })
  for (const path of ['/avatars/original/missing.png', '/headers/original/missing.png', '/packs/media/*']) {
    app.get(path, () => new Response(pixel, { headers: { 'content-type': 'image/png' } }))
  }
}
