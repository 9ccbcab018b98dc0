/**
 * The only fields a log line may carry. No field can hold what a person typed, who they are or
 * where they were: numbers, booleans and words of our own code only (design.md 3.4).
 */
export interface LogFields {
  code?: string
  command?: string
  count?: number
  errorName?: string
  /** Our own code's frames: file and line, never a message, since messages quote data. */
  frames?: string[]
  job?: string
  method?: string
  milliseconds?: number
  port?: number
  problemId?: string
  /** The route's pattern (`/api/v1/incidents/:id`), never the address that was asked for. */
  route?: string
  signal?: string
  status?: number
  version?: string
}

const allowed = new Set<string>([
  'code',
  'command',
  'count',
  'errorName',
  'frames',
  'job',
  'method',
  'milliseconds',
  'port',
  'problemId',
  'route',
  'signal',
  'status',
  'version',
])

const plain = (value: unknown): boolean =>
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  (typeof value === 'string' && value.length <= 200) ||
  (Array.isArray(value) && value.every(plain))

export type Log = (level: 'info' | 'warn' | 'error', event: string, fields?: LogFields) => void

/** A log of JSON lines. A field that is not on the list is dropped, whatever the types said. */
export function makeLog(write: (line: string) => void = (line) => console.log(line)): Log {
  return (level, event, fields = {}) => {
    const kept = Object.entries(fields).filter(([key, value]) => allowed.has(key) && plain(value))
    write(
      JSON.stringify({ at: new Date().toISOString(), level, event, ...Object.fromEntries(kept) }),
    )
  }
}

const folders = ['/src/', '/web/', '/build/', '/node_modules/']

/** File and line of a frame of the stack, from our folder on; nothing for Node's own. */
function ourFrame(line: string): string[] {
  const starts = folders.map((folder) => line.indexOf(folder)).filter((at) => at >= 0)
  if (starts.length === 0) return []
  const [file = '', row = ''] = line.slice(Math.min(...starts) + 1).split(':')
  return /^\d+$/.test(row) ? [`${file}:${row}`] : []
}

/** What may be said of an unexpected error: its kind and where in our code; never its message. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { errorName: typeof error }
  const code = (error as { code?: unknown }).code
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  return {
    errorName: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    frames: frames.flatMap(ourFrame).slice(0, 6),
  }
}
