import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { Failure } from '../../src/shared/contract/failure.ts'
import { contract } from '../../src/shared/contract/index.ts'
import { arm, type Ground, openGround, openRows, untilState } from './ground.ts'

/**
 * Every method of the wire is asked with values of the right shape and the worst content: a page that was taken over may send anything.
 * Each answer is a result or a failure of the closed list, never `internal`, and the desk works on.
 */
let ground: Ground
let ticking: NodeJS.Timeout
beforeAll(async () => {
  ground = await openGround()
  await ground.openEngine()
  await ground.client('cli').call('servers.signIn', { url: ground.server.url, token: 'admin' })
  await ground.client('cli').call('sync.now', { all: true })
  // What waits for its turn at the server would wait for ever.
  ticking = setInterval(() => ground.patient.advance(5_000), 5)
})
afterAll(async () => {
  clearInterval(ticking)
  await ground[Symbol.asyncDispose]()
})

const KNOWN = ['s1', '1', '2', 'report', 'account.suspend', 'report.close', 'weide.example', 'en', 'open']
const NASTY = [
  '',
  ' ',
  '../../etc/passwd',
  '%E0%A4%A',
  'https://x.example/admin/instances/%E0%A4%A',
  'https://[',
  '\u0000',
  '\ud800',
  '\u202egnp.exe',
  "'; DROP TABLE decision; --",
  '" OR NEAR(',
  '*',
  '__proto__',
  '9'.repeat(64),
  '=1+1',
  '@a@b@c',
  'xn--a',
  'a.'.repeat(130),
  '😀'.repeat(50),
  'x'.repeat(3_000),
]
const text = fc.oneof(
  fc.constantFrom(...KNOWN),
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary', maxLength: 30 }),
)

/** The parts of JSON Schema that zod writes. */
const Node = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.json()).optional(),
  const: z.json().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).default([]),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
})

/** Values of the shape that a schema asks for; whether their content fits is for the method to say. */
const valuesOf = (schema: unknown): fc.Arbitrary<unknown> => {
  const node = Node.parse(schema)
  if (node.const !== undefined) return fc.constant(node.const)
  if (node.enum) return fc.constantFrom(...node.enum)
  const any = node.anyOf ?? node.oneOf
  if (any) return fc.oneof(...any.map(valuesOf))
  if (Array.isArray(node.type)) return fc.oneof(...node.type.map(type => valuesOf({ ...node, type })))
  if (node.type === 'null') return fc.constant(null)
  if (node.type === 'boolean') return fc.boolean()
  if (node.type === 'integer' || node.type === 'number') {
    const [min, max] = [node.minimum ?? -9, node.maximum ?? 2 ** 31]
    return fc.oneof(fc.constantFrom(min, max), fc.integer({ min: Math.ceil(min), max: Math.floor(max) }))
  }
  if (node.type === 'array') return fc.array(valuesOf(node.items ?? {}), { maxLength: 4 })
  if (node.type === 'object' && node.properties)
    return fc.record(Object.fromEntries(Object.entries(node.properties).map(([name, one]) => [name, valuesOf(one)])), {
      requiredKeys: node.required,
    })
  if (node.type === 'object') return fc.dictionary(text, text, { maxKeys: 3 })
  if (node.type === 'string') return text
  return fc.oneof(text, fc.constant(null), fc.integer(), fc.constant({}))
}

/** How many decisions the vault holds, and how many of them ever began to leave. */
const countDecisions = (): { held: number; sent: number } => {
  const vault = new Database(join(ground.folder, 'vault.db'), { readonly: true })
  const count = (sql: string) => vault.prepare<[], number>(sql).pluck().get() ?? 0
  const held = count('SELECT count(*) FROM decision')
  const sent = count("SELECT count(DISTINCT decision_id) FROM decision_step WHERE state = 'sending'")
  vault.close()
  return { held, sent }
}
/** What reached the server to change something there; ways to sign in aside. */
const writesOf = () =>
  ground.server.ledger.entries.filter(({ path }) => path !== '/api/v1/apps' && path.startsWith('/api/'))
/** What a person arms by; nothing else makes a decision. */
const ARMS: ReadonlySet<string> = new Set(['decisions.arm', 'batches.arm'])

/** These would end the sign-in that all others need, or shut the desk. */
const ENDS = ['servers.signOut', 'lock.choose']
const names = Object.keys(contract).filter(name => !ENDS.includes(name))

test.each(names)('%s answers anything of its shape with a result or a failure that it names', async name => {
  const desk = ground.client('browser')
  const method = Object.entries(contract).find(([each]) => each === name)?.[1]
  const schema = z.toJSONSchema(method?.input ?? z.never(), { io: 'input', unrepresentable: 'any' })
  const before = countDecisions().held
  await fc.assert(
    fc.asyncProperty(valuesOf(schema), async input => {
      const answered: Promise<unknown> = Reflect.apply(desk.call, desk, [name, input])
      const code = await answered.then(
        () => 'ok',
        (error: unknown) => (error instanceof Failure ? error.code : String(error)),
      )
      expect(code).not.toBe('internal')
    }),
    { numRuns: 40 },
  )
  expect((await desk.call('servers.list', {})).servers).toHaveLength(1)
  if (!ARMS.has(name)) expect(countDecisions().held).toBe(before)
})

test('whatever was asked, the server was sent what somebody had armed, each once, and nothing else', async () => {
  const desk = ground.client('browser')
  const [row] = await openRows(desk)
  if (!row) throw new Error('no report is open')
  // The way there may have been taken back, and windows made long. Time runs a thousand times as fast here: on a busy computer an answer that
  // is 30 ms late is half a minute late, so it is asked again.
  const signIn = () =>
    ground
      .client('cli')
      .call('servers.signIn', { url: ground.server.url, token: 'admin' })
      .then(
        () => 'signed in',
        (error: unknown) => (error instanceof Failure ? error.message : String(error)),
      )
  await expect.poll(signIn, { timeout: 30_000 }).toBe('signed in')
  await desk.call('settings.set', { graceSeconds: 5 })
  const { id } = await arm(desk, row, 'report.close')
  await untilState(ground, desk, id, 'done')
  const { sent } = countDecisions()
  expect(sent).toBeGreaterThan(0)
  expect(writesOf()).toHaveLength(sent)
})
