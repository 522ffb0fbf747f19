import type { ReactNode } from 'react'
import type { Consequence } from '../../../shared/contract/decisions.ts'
import { domainText } from '../../../shared/domain-name.ts'
import parts from './parts.module.css'
import { Words } from './Words.tsx'

/** Names and domains come from elsewhere: each is isolated, so that it cannot turn the sentence around. */
const isolate = (values: Consequence['values']): Record<string, ReactNode> => {
  const nodes: Record<string, ReactNode> = {}
  for (const [name, value] of Object.entries(values))
    nodes[name] = typeof value === 'string' ? <bdi>{domainText(value)}</bdi> : value
  return nodes
}

/** A consequence in words; what cannot be given back stands out. */
export const ConsequenceText = ({ says }: { says: Consequence }) => {
  const words = <Words code={says.code} values={isolate(says.values)} />
  return says.gone ? <strong className={parts.gone}>{words}</strong> : <span>{words}</span>
}
