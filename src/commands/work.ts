import { makeApp, startAppJobs } from '../app.ts'
import { readConfig } from '../kernel/config.ts'
import { untilStopped } from './serve.ts'
import { database, migrateDatabase, root } from './session.ts'

/** `porchlight work`: the jobs without the server, as many processes as one likes. */
export async function work(flags: Record<string, unknown>): Promise<void> {
  const config = readConfig(root, flags)
  const { url, release } = await database(config)
  await migrateDatabase(url)
  const app = await makeApp({ config, databaseUrl: url })
  const jobs = await startAppJobs(app)
  console.log('Porchlight works on its jobs.')
  await untilStopped({
    async stop() {
      await jobs.stop()
      await app.close()
      await release()
    },
  })
}
