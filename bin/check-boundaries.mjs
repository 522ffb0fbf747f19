// dependency-cruiser is silently green when it reads no module, so the count is checked too.
import { spawnSync } from 'node:child_process'

const run = spawnSync('npx', ['depcruise', '--output-type', 'json', 'src'], {
  encoding: 'utf8',
  maxBuffer: 1 << 28,
  shell: process.platform === 'win32',
})
const { summary } = JSON.parse(run.stdout)
for (const v of summary.violations) console.error(`${v.rule.name}: ${v.from} → ${v.to}`)
console.log(
  `${summary.totalCruised} modules, ${summary.totalDependenciesCruised} dependencies, ${summary.violations.length} violations`,
)
if (summary.totalCruised < 40) {
  console.error('check-boundaries: hardly any module was read, so nothing was proved')
  process.exit(1)
}
process.exit(summary.violations.length === 0 ? 0 : 1)
