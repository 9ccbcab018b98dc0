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
    // A busy CI machine can stop a browser for seconds. A second failure is a failure; the first is printed.
    retry: process.env.CI ? 1 : 0,
  },
})
