import { availableParallelism } from 'node:os'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const project = (name: string, include: string[], more: object = {}) => ({
  test: {
    name,
    include,
    environment: 'node' as const,
    setupFiles: ['test/seed.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    ...more,
  },
})

/** Where the modules are what Node reads by itself, it does: read through Vite each file of tests began half a second of processor time later. */
const native = { experimental: { viteModuleRunner: false, nodeLoader: false } }

/** Files that share a process read what they have in common once; one of a process alone began a second of processor time later. */
const shared = { ...native, isolate: false }

/** One project a kind of test, each run by its own `npm run test:…`. */
export default defineConfig({
  test: {
    // Many tests wait for disks, servers and other programs: one worker more than there are cores keeps these busy.
    maxWorkers: availableParallelism() + 1,
    projects: [
      project('house', ['test/house.test.ts'], native),
      { plugins: [react()], ...project('unit', ['test/unit/**/*.test.{ts,tsx}']) },
      project('contract', ['test/contract/**/*.test.ts'], native),
      project('engine', ['test/engine/**/*.test.ts'], shared),
      project('sample', ['test/sample/**/*.test.ts'], native),
    ],
  },
})
