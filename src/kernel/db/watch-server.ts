import { createConnection } from 'node:net'

const lookMilliseconds = 1000

/** A watch over the server that this process uses. */
export interface Watch {
  stop(): Promise<void>
}

/**
 * Has the server started again when nobody listens at its port any more: it was killed, or ran out
 * of memory. What was committed is there again; what was not was never acknowledged.
 */
export function watchServer(
  port: number,
  start: () => Promise<unknown>,
  say: (sentence: string) => void,
): Watch {
  let looking: Promise<void> | null = null
  const look = async (): Promise<void> => {
    if (await somebodyListens(port)) return
    say('PostgreSQL stopped by itself. Starting it again; nothing that was accepted is lost.')
    await start()
    say('PostgreSQL is back.')
  }
  const beat = setInterval(() => {
    looking ??= look()
      .catch((error: Error) => say(error.message))
      .finally(() => {
        looking = null
      })
  }, lookMilliseconds)
  beat.unref()
  return {
    async stop() {
      clearInterval(beat)
      await looking
    },
  }
}

/** Only a refusal counts: a server that is slow, or stopped for a while, still has its port. */
function somebodyListens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createConnection({ port, host: '127.0.0.1' })
    probe.setTimeout(lookMilliseconds, () => probe.destroy())
    probe.on('connect', () => probe.destroy())
    probe.on('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'ECONNREFUSED'))
    probe.on('close', () => resolve(true))
  })
}
