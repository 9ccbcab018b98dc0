import { spawn } from 'node:child_process'

/** What one run of wrk saw. */
export interface Load {
  perSecond: number
  /** Milliseconds within which 99 of 100 were answered. */
  p99: number
  failed: number
}

interface Run {
  url: string
  /** Lua: what is sent. */
  script?: string
  connections?: number
  seconds?: number
}

/** Drives a server with wrk (Debian's package) and answers what it saw. Throws the command that installs it. */
export async function wrk({ url, script, connections = 32, seconds = 6 }: Run): Promise<Load> {
  const flags = ['-t', '1', '-c', String(connections), '-d', `${seconds}s`, '--latency']
  const text = await run('wrk', [...flags, ...(script ? ['-s', script] : []), url])
  const failed = Number(/Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0)
  const [, p99 = '', unit = 'ms'] = /99%\s+([\d.]+)(us|ms|s)/.exec(text) ?? []
  const scale = { us: 0.001, ms: 1, s: 1000 }[unit as 'us' | 'ms' | 's']
  const perSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1])
  if (!perSecond) throw new Error(`wrk saw nothing:\n${text}`)
  return { perSecond, p99: Number(p99) * scale, failed }
}

/** Runs a program to its end and answers what it printed; throws what is missing, or its errors. */
export const run = (
  command: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...environment } })
    let text = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        text += chunk
      })
    child.on('error', () =>
      reject(new Error(`${command} is needed: apt-get install -y wrk postgresql-contrib`)),
    )
    child.on('close', (code) =>
      code === 0 ? resolve(text) : reject(new Error(`${command} ended with ${code}:\n${text}`)),
    )
  })
