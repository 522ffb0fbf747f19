import { availableParallelism } from 'node:os'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const project = (name: string, include: string[], more: object = {}) => ({
  plugins: [react()],
  test: {
    name,
    include,
    environment: 'node' as const,
    setupFiles: ['test/seed.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    ...more,
  },
})

/** One project a kind of test, each run by its own `npm run test:…`. */
export default defineConfig({
  test: {
    // Many tests wait for disks, servers and other programs: one worker more than there are cores keeps these busy.
    maxWorkers: availableParallelism() + 1,
    projects: [
      project('house', ['test/house.test.ts']),
      project('unit', ['test/unit/**/*.test.{ts,tsx}']),
      project('contract', ['test/contract/**/*.test.ts']),
      project('engine', ['test/engine/**/*.test.ts']),
      project('sample', ['test/sample/**/*.test.ts']),
    ],
  },
})
