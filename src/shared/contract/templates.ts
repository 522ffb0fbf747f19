import { z } from 'zod'
import { Time } from './ids.ts'
import { command, query } from './method.ts'
import type { Topic } from './topics.ts'

/** A template's own id (a random UUID). */
const TemplateId = z.uuid()

/** What a template says. `language`: a tag such as `en` or `pt-BR`. `text` may hold `{rules}`, `{posts}` and `{appeal}`. */
const TemplateWords = z.object({
  name: z.string().trim().min(1).max(80),
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
  text: z.string().trim().min(1).max(2000),
})

/** A reason that is written once and used often: only on this computer. */
export const Template = TemplateWords.extend({ id: TemplateId, changedAt: Time })
export type Template = z.infer<typeof Template>

/** What may be asked and said about templates. */
export const templates = {
  /** All of them, by language and name. */
  'templates.list': query(z.object({}), z.object({ templates: z.array(Template) }), [
    'templates',
  ] as const satisfies Topic[]),
  /**
   * Keeps a new one (`id` null) or changes one. `invalid-input` with `field.placeholder` for a name in braces that cannot be filled;
   * `conflict` with `failure.template-name` where the language has that name already; `not-found` when it was removed.
   */
  'templates.put': command(TemplateWords.extend({ id: TemplateId.nullable() }), z.object({ template: Template })),
  'templates.remove': command(z.object({ id: TemplateId }), z.object({})),
}
