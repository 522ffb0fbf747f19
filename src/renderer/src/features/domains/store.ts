import { create } from 'zustand'
import type { Severity } from '../../../../shared/contract/domains.ts'

type Table = {
  search: string
  /** Why what was typed is no domain, where it was meant as one. */
  problem: string | null
  severity: Severity | 'any'
  also: 'any' | 'media' | 'reports' | 'obfuscate' | 'comment'
  sort: 'domain' | 'newest' | 'severity'
}

/** What is looked for among the blocks. */
export const useTable = create<Table>(() => ({
  search: '',
  problem: null,
  severity: 'any',
  also: 'any',
  sort: 'domain',
}))
