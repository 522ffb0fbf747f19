import { parseArgs } from 'node:util'
import type { Figure } from './figure.ts'

/** Each subject is a file, loaded only when it is asked for. */
const subjects = {
  queue: () => import('./queue.ts'),
  search: () => import('./search.ts'),
  renderer: () => import('./renderer.ts'),
  wire: () => import('./wire.ts'),
  launch: () => import('./launch.ts'),
  sync: () => import('./sync.ts'),
  push: () => import('./push.ts'),
  log: () => import('./log.ts'),
  batches: () => import('./batches.ts'),
}
type Subject = keyof typeof subjects
const isSubject = (name: string): name is Subject => Object.hasOwn(subjects, name)

const line = ({ name, value, unit, target, ok }: Figure) => {
  const verdict = ok === null ? ' ' : ok ? '✓' : '✗'
  const wanted = target === null ? '' : `≤ ${target} ${unit}`
  return `${verdict} ${name.padEnd(64)} ${`${value ?? '—'} ${unit}`.padStart(14)}  ${wanted}`
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    context: { type: 'boolean', default: false },
  },
})
const asked = values.only ?? Object.keys(subjects)
const wrong = asked.filter(name => !isSubject(name))
if (wrong.length > 0) {
  console.error(`No subject ${wrong.join(', ')}; there are ${Object.keys(subjects).join(', ')}.`)
  process.exit(2)
}
const all: Figure[] = []
for (const name of asked.filter(isSubject)) {
  const found = await (await subjects[name]()).benches()
  all.push(...found)
  if (values.json) continue
  console.log(`\n${name}`)
  for (const one of found) {
    console.log(line(one))
    if (values.context || one.ok === false || one.value === null) console.log(`    ${one.context}`)
  }
}
if (values.json) console.log(JSON.stringify(all, null, 1))
