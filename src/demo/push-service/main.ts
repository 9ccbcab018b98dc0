import { parseArgs } from 'node:util'
import { shareOfFaults } from './faults.ts'
import { startPushService } from './service.ts'

// `node src/demo/push-service/main.ts --port N [--throttle PERCENT] [--reset PERCENT] [--minutes N] [--resources N --key KEY]`:
// a push service of its own process, with so many push resources for the holder of one VAPID key from the start. Prints one
// line of JSON, `{url, ca}`, once it listens; ends by itself after an hour.

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    throttle: { type: 'string', default: '0' },
    reset: { type: 'string', default: '0' },
    resources: { type: 'string', default: '0' },
    key: { type: 'string' },
    minutes: { type: 'string', default: '60' },
  },
})
const service = await startPushService({
  port: Number(values.port),
  usual: shareOfFaults(Number(values.throttle), Number(values.reset)),
})
for (let made = 0; made < Number(values.resources); made++) service.subscribe(values.key)
console.log(JSON.stringify({ url: service.url, ca: service.ca }))
const end = async (): Promise<never> => {
  await service.stop()
  process.exit(0)
}
setTimeout(end, Number(values.minutes) * 60_000)
process.once('SIGTERM', end)
process.once('SIGINT', end)
