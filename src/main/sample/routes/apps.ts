/** Applications (contract A.2, A.8). */
import type { AppRecord } from '../rules/model-more.ts'
import { registerApp } from '../rules/oauth.ts'
import { badToken } from '../rules/refusals.ts'
import { type Call, json, type Route } from './call.ts'

/** Application entity (contract F.14). */
function appEntity(call: Call, app: AppRecord): Record<string, unknown> {
  const entity: Record<string, unknown> = { id: app.id, name: app.name, website: app.website }
  if (call.view.has('4.3')) Object.assign(entity, { scopes: app.scopes, redirect_uris: app.redirectUris })
  // A server without web push has no key.
  return {
    ...entity,
    vapid_key: call.view.has('4.4') ? 'BAAAAAAAAAAAAAAAAAAAAAA' : null,
    redirect_uri: app.redirectUris.join('\n'),
  }
}

/** Applications that register themselves (contract A). */
export const appRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/apps/verify_credentials',
    access: { kind: 'token' },
    run: call => {
      const app = call.sample.world.apps.get(call.token?.appId ?? '')
      if (app === undefined) throw badToken('The access token is invalid')
      return json(appEntity(call, app))
    },
  },
  {
    method: 'POST',
    path: '/api/v1/apps',
    access: { kind: 'open' },
    run: call => {
      const app = registerApp(call.sample, call.params)
      const expiry = call.sample.release.oauth.secretExpiry ? { client_secret_expires_at: 0 } : {}
      return json({ ...appEntity(call, app), client_id: app.clientId, client_secret: app.clientSecret, ...expiry })
    },
  },
]
