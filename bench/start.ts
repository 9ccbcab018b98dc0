import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../tools/browser/program.ts'
import { throwaway } from './served.ts'

// `node bench/start.ts`: New York on a database that is there already, three times: milliseconds from
// the command to /readyz, and the memory of the Node process idle and after a page. No peer: a budget.
const data = throwaway('start')
const budget = { milliseconds: 3000, megabytes: 200 }

const megabytes = (pid: number): number =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024)

async function ready(url: string): Promise<void> {
  while (!(await fetch(`${url}/readyz`).catch(() => null))?.ok) await wait(10)
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })

async function once(): Promise<{ milliseconds: number; idle: number; used: number }> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const since = performance.now()
  const program = join(import.meta.dirname, '..', 'bin', 'porchlight')
  const args = ['serve', '--data', data, '--city', 'nyc', '--port', String(port)]
  const child = spawn(program, args, { stdio: 'ignore' })
  await ready(url)
  const milliseconds = Math.round(performance.now() - since)
  await wait(5000)
  const idle = megabytes(child.pid as number)
  await (await fetch(`${url}/en/live`)).arrayBuffer()
  const used = megabytes(child.pid as number)
  await ended(child)
  return { milliseconds, idle, used }
}

await once()
for (let round = 0; round < 3; round++) {
  const { milliseconds, idle, used } = await once()
  const meets = milliseconds <= budget.milliseconds && idle <= budget.megabytes
  console.log(
    `ready after ${milliseconds} ms, ${idle} MB idle, ${used} MB after a page: ${meets ? 'meets' : 'MISSES'}`,
  )
  if (!meets) process.exitCode = 1
}
rmSync(data, { recursive: true, force: true })
