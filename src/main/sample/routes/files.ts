/** Pictures and sounds made by code, and the default ones that every server has. */
import type { Site } from './call.ts'
import type { WebApp } from './node-bindings.ts'

/** A transparent picture of one pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

export function addFiles(app: WebApp, site: Site): void {
  app.get('/system/*', context => {
    const file = site.sample.world.files.get(context.req.path)
    if (file === undefined) return context.notFound()
    return new Response(Buffer.from(file.make()), {
      headers: { 'content-type': file.contentType, 'cache-control': 'public, max-age=31536000, immutable' },
    })
  })
  for (const path of ['/avatars/original/missing.png', '/headers/original/missing.png', '/packs/media/*']) {
    app.get(path, () => new Response(pixel, { headers: { 'content-type': 'image/png' } }))
  }
}
