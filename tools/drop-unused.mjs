// After an install: what packages bring that nothing here can use. The package `node` has 67 MB of C headers for
// building addons, and we build none; the libraries by which phones look for faces have 38 MB of source maps.
// Runs on whatever Node ran npm.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const packages = fileURLToPath(new URL('../node_modules/', import.meta.url))

/** @param {string} folder */
const within = (folder) =>
  existsSync(folder) ? readdirSync(folder, { withFileTypes: true, recursive: true }) : []

for (const entry of within(`${packages}node/node_modules`))
  if (entry.isDirectory() && entry.name === 'include')
    rmSync(`${entry.parentPath}/include`, { recursive: true, force: true })

for (const entry of within(`${packages}@tensorflow`))
  if (entry.isFile() && entry.name.endsWith('.map')) rmSync(`${entry.parentPath}/${entry.name}`)
