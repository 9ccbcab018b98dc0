// A process that runs the jobs of a test's deployment, to be killed: `node jobs-only.ts DATABASE DATA CA [SMS_URL]`.
import { readFileSync } from 'node:fs'
import { makeApp, startAppJobs } from '../../src/app.ts'
import { root } from '../../src/commands/session.ts'

const [databaseUrl = '', data = '', ca = '', smsUrl] = process.argv.slice(2)
const app = await makeApp({
  config: { root, data, city: 'lanternport', port: 0, ...(smsUrl ? { smsUrl, smsRate: 200 } : {}) },
  databaseUrl,
  loopback: { ca: readFileSync(ca, 'utf8') },
})
await startAppJobs(app)
console.log('works')
