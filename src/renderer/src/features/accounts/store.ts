import { create } from 'zustand'
import { AccountFilter, type AccountSort } from '../../../../shared/contract/accounts.ts'

/** What a person looks for; the server stands in the address. */
export type Sought = Omit<AccountFilter, 'server'>

const { server: _server, ...nothing } = AccountFilter.parse({})
export const nothingSought: Sought = nothing

/** What accounts are looked for, and in which order. */
export const useSought = create<{ sought: Sought; sort: AccountSort }>(() => ({ sought: nothing, sort: 'fitting' }))

/** Looks for something more, or no longer. */
export const seek = (part: Partial<Sought>) => useSought.setState(({ sought }) => ({ sought: { ...sought, ...part } }))

/** The parts of the small panel that are asked for. */
export const soughtInPanel = ({ domain, staff, mailDomain, email, address }: Sought): number =>
  [domain !== null, staff, mailDomain !== '', email !== '', address !== ''].filter(Boolean).length

/** Whether anything is asked for at all. */
export const isSought = (sought: Sought) =>
  sought.text.trim() !== '' || sought.origin !== null || sought.state !== null || soughtInPanel(sought) > 0
