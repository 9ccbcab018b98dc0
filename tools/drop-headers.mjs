// After an install: the package `node` brings 67 MB of C headers for building addons, and we build none.
// Runs on whatever Node ran npm.
import { existsSync, readdirSync, rmSync } from 'node:fs'

const folder = new URL('../node_modules/node/node_modules/', import.meta.url)
if (existsSync(folder))
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory())
      rmSync(new URL(`${entry.name}/include`, folder), { recursive: true, force: true })
