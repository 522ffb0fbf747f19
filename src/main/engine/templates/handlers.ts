import { randomUUID } from 'node:crypto'
import { Failure } from '../../../shared/contract/failure.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { Template, templates } from '../../../shared/contract/templates.ts'
import { unknownPlaceholders } from '../../../shared/template-text.ts'
import type { Context } from '../context.ts'
import type { WriteDb } from '../db/handle.ts'
import { dropTemplate, findTemplate, isNameTaken, listTemplates, putTemplate } from './table.ts'

/** Keeps templates. Each change is logged; the text stands there as a personal value, since it may name someone. */
export const templatesHandlers = ({ gate, clock, log }: Context): Handlers<typeof templates, unknown> => {
  const logged = (db: WriteDb, action: string, { id, language, name, text }: Template) =>
    log(db, { source: 'did', action, server: null, facts: { template: id, language }, personal: { name, text } })
  return {
    'templates.list': () => gate.read(db => ({ templates: listTemplates(db) })),
    'templates.put': ({ id, name, language, text }) => {
      const [unknown] = unknownPlaceholders(text)
      if (unknown !== undefined)
        throw new Failure('invalid-input', {
          path: 'text',
          reason: 'field.placeholder',
          name: `{${unknown.slice(0, 40)}}`,
        })
      return gate.write(['templates', 'log'], db => {
        const template = { id: id ?? randomUUID(), name, language, text, changedAt: clock.now() }
        if (id !== null && !findTemplate(db, id)) throw new Failure('not-found', { reason: 'failure.template-gone' })
        if (isNameTaken(db, template)) throw new Failure('conflict', { reason: 'failure.template-name', name })
        putTemplate(db, template)
        logged(db, id === null ? 'template.added' : 'template.changed', template)
        return { template }
      })
    },
    'templates.remove': ({ id }) =>
      gate.write(['templates', 'log'], db => {
        const known = findTemplate(db, id)
        if (!known) throw new Failure('not-found', { reason: 'failure.template-gone' })
        dropTemplate(db, id)
        logged(db, 'template.removed', known)
        return {}
      }),
  }
}
