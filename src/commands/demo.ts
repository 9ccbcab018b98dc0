import {
  makeDemoClock,
  pushDoor,
  refuseRealDeployment,
  seedDay,
  startLife,
  startPushService,
} from '../demo/index.ts'
import { serve, untilStopped } from './serve.ts'

/** `porchlight demo`: Lanternport on a living day, in a data folder of its own. */
export async function demo(flags: Record<string, unknown>): Promise<void> {
  const clock = makeDemoClock()
  const pushes = await startPushService()
  const running = await serve({
    flags: { data: './data/demo', ...flags, city: 'lanternport' },
    demo: true,
    clock,
    loopback: { ca: pushes.ca },
    more: (server, app) => pushDoor(server, app, pushes),
    prepare: async (app) => {
      await refuseRealDeployment(app)
      await seedDay(app, clock)
    },
  }).catch(async (error) => {
    await pushes.stop()
    throw error
  })
  const life = startLife(running.app)
  console.log(`Lanternport, an invented city, is up at ${running.url}`)
  console.log(`Have alerts come to this browser: ${running.url}/alerts`)
  console.log(`Step into a role: ${running.url}/demo`)
  await untilStopped({
    stop: async () => {
      await life.stop()
      await running.stop()
      await pushes.stop()
    },
  })
}
