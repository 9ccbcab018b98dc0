import { defineConfig } from 'vitest/config'
import { textsPlugin } from './tools/vite-texts.ts'

export default defineConfig({
  plugins: [textsPlugin()],
  test: {
    include: ['src/**/*.test.ts', 'web/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Journeys drive a browser against a running program: one at a time, after the rest.
    sequence: { groupOrder: 0 },
  },
})
