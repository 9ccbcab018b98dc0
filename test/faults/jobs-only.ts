// A process that runs the jobs of a test's deployment, to be killed: `node jobs-only.ts DATABASE DATA CA`.
import { readFileSync } from 'node:fs'
import { makeApp, startAppJobs } from '../../src/app.ts'
import { root } from '../../src/commands/session.ts'

const [databaseUrl = '', data = '', ca = ''] = process.argv.slice(2)
const app = await makeApp({
  config: { root, data, city: 'lanternport', port: 0 },
  databaseUrl,
  loopback: { ca: readFileSync(ca, 'utf8') },
})
await startAppJobs(app)
console.log('works')
