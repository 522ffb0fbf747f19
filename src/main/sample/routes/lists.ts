/** The five block families are alike: a list, one row, and its removal. */
import type { AccountRecord } from '../rules/model.ts'
import { pageOf, pageRequest } from '../rules/pages.ts'
import { notFound } from '../rules/refusals.ts'
import type { Permission } from '../rules/roles.ts'
import type { Table } from '../rules/table.ts'
import type { World } from '../rules/world.ts'
import { type Answer, adminRead, adminWrite, type Call, idOf, json, permitted, type Route } from './call.ts'
import { linkHeader } from './links.ts'

/** What tells one family from another. */
export type Family<T extends { readonly id: string }> = {
  /** Name in paths and scopes, e.g. `domain_blocks`. */
  readonly name: string
  readonly permission: Permission
  readonly table: (world: World) => Table<T>
  readonly entity: (call: Call, row: T) => object
  readonly destroy: (call: Call, by: AccountRecord, row: T) => void
  readonly pageMaximum?: (call: Call) => number
}

/** The row of a request's path, or 404. Looked up before the permission, as the real server does. */
export function rowOf<T extends { readonly id: string }>(call: Call, family: Family<T>): T {
  const row = family.table(call.sample.world).get(idOf(call))
  if (row === undefined) throw notFound()
  return row
}

function index<T extends { readonly id: string }>(call: Call, family: Family<T>): Answer {
  const page = pageOf(
    family.table(call.sample.world).all(),
    pageRequest(call.params, 100, family.pageMaximum?.(call) ?? 200),
  )
  permitted(call, family.permission)
  return { ...json(page.rows.map(row => family.entity(call, row))), headers: linkHeader(call, page, []) }
}

/** Routes that every family has: index, show, destroy. */
export function familyRoutes<T extends { readonly id: string }>(family: Family<T>): Route[] {
  const path = `/api/v1/admin/${family.name}`
  const read = adminRead(family.name)
  return [
    { method: 'GET', path, access: read, run: call => index(call, family) },
    {
      method: 'GET',
      path: `${path}/:id`,
      access: read,
      run: call => {
        const row = rowOf(call, family)
        permitted(call, family.permission)
        return json(family.entity(call, row))
      },
    },
    {
      method: 'DELETE',
      path: `${path}/:id`,
      access: adminWrite(family.name),
      run: call => {
        const row = rowOf(call, family)
        family.destroy(call, permitted(call, family.permission), row)
        return json({})
      },
    },
  ]
}
