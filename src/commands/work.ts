import { makeApp, startAppJobs } from '../app.ts'
import { readConfig } from '../kernel/config.ts'
import { limits } from '../kernel/limits.ts'
import { untilStopped } from './serve.ts'
import { database, migrateDatabase, root } from './session.ts'

/**
 * The shards of `2/4`: of the parts an audience is divided into, every fourth from the second. Throws
 * Error on anything else.
 */
function shardsOf(given: unknown): number[] | undefined {
  if (given === undefined) return undefined
  const [, part, parts] = /^([1-9])\/([1-9])$/.exec(String(given)) ?? []
  if (!part || !parts || Number(part) > Number(parts) || Number(parts) > limits.matchShards)
    throw new Error(`--shard is a part of at most ${limits.matchShards}, as 2/4.`)
  const all = Array.from({ length: limits.matchShards }, (_, shard) => shard)
  return all.filter((shard) => shard % Number(parts) === Number(part) - 1)
}

/** `porchlight work`: the jobs without the server, as many processes as one likes. */
export async function work(flags: Record<string, unknown>): Promise<void> {
  const config = readConfig(root, flags)
  const { url, release } = await database(config)
  await migrateDatabase(url)
  const shards = shardsOf(flags.shard)
  const app = await makeApp({ config, databaseUrl: url, ...(shards ? { shards } : {}) })
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
