import { parentPort } from 'node:worker_threads'
import { encrypt } from '../src/alerts/push/index.ts'
import { keysOf, payload, subscribers } from './push-subscribers.ts'

// A thread that encrypts with fresh keys for as long as it is told, and says how many it made.
const many = subscribers(1000).map(keysOf)
parentPort?.on('message', (milliseconds: number) => {
  const until = performance.now() + milliseconds
  let made = 0
  while (performance.now() < until) {
    for (let n = 0; n < 50; n++)
      encrypt(many[(made + n) % many.length] as (typeof many)[0], payload)
    made += 50
  }
  parentPort?.postMessage(made)
})
