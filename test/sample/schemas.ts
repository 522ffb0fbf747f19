/** Which schema each answer must keep to, for the release played. Every test's answers go through here. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

const folder = join(import.meta.dirname, '../data/mastodon/schemas')

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Keys older than the schemas' own marks: what the contract's entity tables say about 4.0 to 4.3. */
const olderSince: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  account: { uri: '4.2', hide_collections: '4.3', indexable: '4.3', roles: '4.1' },
  'admin-domain-block': { digest: '4.3' },
  'admin-email-domain-block': { allow_with_approval: '4.3' },
  'admin-tag': { listable: '4.2' },
  tag: { featuring: '4.4' },
  application: { scopes: '4.3', redirect_uris: '4.3' },
  notification: { group_key: '4.3' },
  'preview-card': { authors: '4.3' },
  relationship: { requested_by: '4.1' },
  report: { collection_ids: '4.6' },
  rule: { hint: '4.3' },
  'credential-application': { client_secret_expires_at: '4.3' },
}

function isOlder(release: string, since: string): boolean {
  const [a = 0, b = 0, c = 0] = release.split('.').map(Number)
  const [x = 0, y = 0, z = 0] = since.split('.').map(Number)
  return a - x || b - y || c - z ? (a - x || b - y || c - z) < 0 : false
}

/** The schema for a release: keys that came later are refused, not merely optional. */
function forRelease(schema: Json, release: string, name: string): Json {
  if (Array.isArray(schema)) return schema.map(item => forRelease(item, release, name))
  if (typeof schema !== 'object' || schema === null) return schema
  const made: { [key: string]: Json } = {}
  for (const [key, value] of Object.entries(schema))
    made[key] = forRelease(value, release, key === 'properties' ? '' : name)
  const { properties, required } = made
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) return made
  const absent = Object.entries(properties).flatMap(([key, value]) => {
    const marked = typeof value === 'object' && value !== null && !Array.isArray(value) ? value['x-since'] : undefined
    const since = typeof marked === 'string' ? marked : schema.title === undefined ? undefined : olderSince[name]?.[key]
    return since !== undefined && isOlder(release, since) ? [key] : []
  })
  for (const key of absent) properties[key] = false
  if (Array.isArray(required)) made.required = required.filter(key => typeof key !== 'string' || !absent.includes(key))
  return made
}

/** What 4.0 to 4.3 send where the schemas of 4.6.5 are stricter [run: 4.3]. */
function loosened(name: string, schema: Json, release: string): Json {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return schema
  const { properties } = schema
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) return schema
  // A blank severity was stored as null before 4.4.
  if (name === 'admin-domain-block' && isOlder(release, '4.4'))
    properties.severity = { enum: ['noop', 'silence', 'suspend', null] }
  // Admin::Tag had an id before Tag did, and is built on it.
  if (name === 'tag' && isOlder(release, '4.4') && Array.isArray(schema.required))
    schema.required = schema.required.filter(key => key !== 'id')
  // 4.0 sent the role as the stored record, with numbers.
  if (name === 'admin-account' && isOlder(release, '4.1')) properties.role = { type: ['object', 'null'] }
  return schema
}

const validators = new Map<string, Ajv2020>()

function validator(release: string): Ajv2020 {
  const known = validators.get(release)
  if (known !== undefined) return known
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  for (const file of readdirSync(folder)) {
    const name = file.replace('.schema.json', '')
    const schema = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Json
    ajv.addSchema(loosened(name, forRelease(schema, release, name), release) as AnySchema, file)
  }
  validators.set(release, ajv)
  return ajv
}

/** Path to entity, the first that matches. `null`: the answer has no schema. */
const routes: readonly (readonly [RegExp, string | null])[] = [
  [/\/admin\/accounts\/-?\d+\/(action|reject)$/, 'empty'],
  [/\/admin\/accounts/, 'admin-account'],
  [/\/admin\/reports/, 'admin-report'],
  [/\/admin\/domain_blocks/, 'admin-domain-block'],
  [/\/admin\/domain_allows/, 'admin-domain-allow'],
  [/\/admin\/email_domain_blocks/, 'admin-email-domain-block'],
  [/\/admin\/ip_blocks/, 'admin-ip-block'],
  [/\/admin\/canonical_email_blocks/, 'admin-canonical-email-block'],
  [/\/admin\/trends\/links\/publishers/, 'admin-preview-card-provider'],
  [/\/admin\/trends\/links/, 'admin-trends-link'],
  [/\/admin\/trends\/statuses/, 'admin-trends-status'],
  [/\/admin\/(trends\/)?tags/, 'admin-tag'],
  [/\/admin\/measures/, 'admin-measure'],
  [/\/admin\/dimensions/, 'admin-dimension'],
  [/\/admin\/retention/, 'admin-cohort'],
  [/\/accounts\/verify_credentials/, 'credential-account'],
  [/\/apps\/verify_credentials/, 'application'],
  [/\/api\/v1\/apps$/, 'credential-application'],
  [/oauth-authorization-server/, 'oauth-metadata'],
  [/\/oauth\/token/, 'token'],
  [/\/oauth\/revoke/, 'empty'],
  [/\/accounts\/relationships/, 'relationship'],
  [/\/accounts\/\d+\/statuses/, 'status'],
  [/\/accounts\/(\d+|lookup)$/, 'account'],
  [/\/instance\/rules/, 'rule'],
  [/\/instance\/domain_blocks/, 'instance-domain-block'],
  [/\/statuses\/\d+\/(context|history|source)/, null],
  [/\/statuses/, 'status'],
  [/\/api\/v1\/notifications\/(\d+\/dismiss|clear)/, 'empty'],
  [/\/api\/v1\/notifications/, 'notification'],
  [/\/api\/v1\/reports/, 'report'],
]

function schemaOf(method: string, path: string, status: number, body: unknown): string | null {
  if (status >= 400) {
    if (path.startsWith('/oauth/') || status === 500) return null
    return typeof body === 'object' && body !== null && 'existing_domain_block' in body
      ? 'existing-domain-block-error'
      : 'error'
  }
  if (method === 'DELETE' && path.includes('/admin/')) return 'empty'
  // The trap of 4.x: a rejected change of an address is answered with what was asked for (contract E.6).
  if (method === 'PUT' && path.includes('/ip_blocks/')) return null
  return routes.find(([pattern]) => pattern.test(path))?.[1] ?? null
}

/** What is wrong with an answer, by its schema; empty when it is right or has none. */
export function schemaErrors(release: string, method: string, path: string, status: number, body: unknown): string[] {
  const name = schemaOf(method, path, status, body)
  const ajv = validator(release)
  const validate = name === null ? undefined : ajv.getSchema(`${name}.schema.json`)
  if (name === null) return []
  if (validate === undefined) throw new Error(`no schema ${name}`)
  const entities: unknown[] = Array.isArray(body) ? body : [body]
  return entities.flatMap(entity =>
    validate(entity) ? [] : [`${method} ${path}: ${name} ${ajv.errorsText(validate.errors)}`],
  )
}
