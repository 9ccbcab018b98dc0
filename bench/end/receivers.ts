import { startPushService } from '../../src/demo/push-service/service.ts'

// A push service in a process of its own with a browser at each of its resources; each time all of them
// could have had one message it prints the monotonic nanoseconds of the last, how many browsers had
// none and how many had it more than once. receivers.ts BROWSERS VAPID_KEY
const [count = '', key = ''] = process.argv.slice(2)
const browsers = Number(count)
const service = await startPushService()
const had = new Uint32Array(browsers)
let all = 0

function came(browser: number): void {
  had[browser] = (had[browser] ?? 0) + 1
  all++
  if (all < browsers) return
  const at = process.hrtime.bigint()
  const missed = had.filter((times) => times === 0).length
  const doubled = had.filter((times) => times > 1).length
  console.log(`${at} ${missed} ${doubled}`)
  had.fill(0)
  all = 0
}

for (let browser = 0; browser < browsers; browser++)
  service.onMessage(service.subscribe(key), () => came(browser))
console.log(JSON.stringify({ url: service.url, ca: service.ca }))
process.once('SIGTERM', () => process.exit(0))
