import { flipBytes } from '../engine/packed-ground.ts'

/** Changes single bytes of what was really packed (`npm run package -- --stand-in`): its folder, its list, how many. Ends with 1 when one was overlooked. */
const [resources = '', nativeSums = '', count = ''] = process.argv.slice(2)
const missed = flipBytes({ resources, nativeSums }, Number(count))
for (const line of missed) process.stderr.write(`overlooked: ${line}\n`)
process.exit(missed.length === 0 ? 0 : 1)
