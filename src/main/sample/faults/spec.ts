/** Faults written as text, for the command line and the per-request header: `kind[=value][@share%][/path]`, comma between them. */
import type { Fault, FaultMatch, Faults } from './faults.ts'

const shape = /^([a-z0-9-]+)(?:=([^@/]+))?(?:@([\d.]+)%)?(\/.*)?$/

/** Faults without a value. */
const plain = [
  'cut-before',
  'cut-after',
  'truncated',
  'silent',
  'wrong-type',
  'captive-portal',
  'revoked-token',
  'demoted-role',
  'moved-record',
  'gone-record',
  'duplicate-rows',
  'out-of-order',
  'big-ids',
] as const

function faultOf(kind: string, value: string | undefined): Fault {
  const simple = plain.find(name => name === kind)
  if (simple !== undefined) return { kind: simple }
  const number = Number(value)
  if (value !== undefined && Number.isNaN(number) && kind !== 'wrong-content-type')
    throw new RangeError(`No number: ${kind}=${value}`)
  switch (kind) {
    case 'trickled':
      return { kind, bytes: 1024, everyMs: value === undefined ? 50 : number }
    case 'delayed':
      return { kind, ms: value === undefined ? 1000 : number }
    case 'delayed-after':
      return { kind: 'delayed', ms: value === undefined ? 1000 : number, after: true }
    case 'wrong-content-type':
      return { kind, contentType: value ?? 'text/plain' }
    case 'html':
      return { kind, status: value === undefined ? 200 : number }
    case 'html-after':
      return { kind: 'html', status: value === undefined ? 200 : number, after: true }
    case 'poison':
      if (value === undefined) throw new RangeError('No id: poison=ID')
      return { kind, id: value }
    case 'throttled':
      return { kind, headers: true }
    case 'throttled-bare':
      return { kind: 'throttled', headers: false }
    case 'status':
      return { kind, status: value === undefined ? 503 : number }
    case 'status-after':
      return { kind: 'status', status: value === undefined ? 503 : number, after: true }
    case 'clock-skew':
      return { kind, ms: value === undefined ? 3_600_000 : number }
    default:
      throw new RangeError(`No such fault: ${kind}`)
  }
}

/** Reads a list of faults. Throws RangeError for what it does not know. */
export function parseFaults(spec: string): { fault: Fault; match: FaultMatch }[] {
  return spec
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
    .map(part => {
      const [, kind = '', value, share, path] = shape.exec(part) ?? []
      const match: FaultMatch = {
        ...(path === undefined ? {} : { path }),
        ...(share === undefined ? {} : { chance: Number(share) / 100 }),
      }
      return { fault: faultOf(kind, value), match }
    })
}

/** Puts the faults of a specification in place for good. */
export function applyFaults(faults: Faults, spec: string): void {
  for (const { fault, match } of parseFaults(spec)) faults.add(fault, { ...match, times: Number.POSITIVE_INFINITY })
}
