import { z } from 'zod'

/** What of the server's OAuth metadata is used (contract A.1). */
export const OauthMetadataEntity = z.object({
  authorization_endpoint: z.url().max(4096),
  token_endpoint: z.url().max(4096),
  revocation_endpoint: z.url().max(4096),
  scopes_supported: z.array(z.string().max(100)).max(1000),
  issuer: z.string().max(4096).nullish(),
  /** RFC 9207: whether it says who it is when it sends somebody back. */
  authorization_response_iss_parameter_supported: z.boolean().nullish(),
})

/** A new registration (contract A.2). */
export const ApplicationEntity = z.object({
  client_id: z.string().min(1).max(500),
  client_secret: z.string().min(1).max(500),
})

/** An application as its token sees it (contract A.8): since 4.3 with its scopes. */
export const ScopesEntity = z.object({ scopes: z.array(z.string().max(100)).max(100) })

/** A token (contract A.4). `scope` is what was granted. */
export const TokenEntity = z.object({
  access_token: z.string().min(1).max(2000),
  scope: z.string().max(2000),
})

/** Why the token endpoint said no: a code of OAuth, never translated. */
export const OauthErrorEntity = z.object({ error: z.string().max(200) })
