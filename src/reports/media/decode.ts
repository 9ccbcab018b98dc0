import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { limits } from '../../kernel/limits.ts'
import { Problem } from '../../kernel/problem.ts'
import { typeOf } from './kinds.ts'

/** Makes a clean file of one that a stranger sent. */
export interface Decoder {
  /**
   * What our own encoder made of it: a JPEG, or a video of the same container. Throws 422 `reports/media-unreadable` where the
   * decoder refuses, dies, hangs or grows too large; 503 `reports/media-busy` where too many wait.
   */
  clean(bytes: Buffer): Promise<Buffer>
}

const here = dirname(fileURLToPath(import.meta.url))
const project = join(here, '..', '..', '..')
const libraries = ['@jsquash', 'image-size', 'mediabunny', 'wasm-feature-detect']

/** What a decoder may read: itself and its libraries. It may do nothing else: no file, socket, process or thread. */
const permissions = [
  '--permission',
  `--allow-fs-read=${here}/*`,
  `--allow-fs-read=${join(project, 'package.json')}`,
  ...libraries.map((name) => `--allow-fs-read=${join(project, 'node_modules', name)}/*`),
]
const pagesOfMegabyte = 16
const memory = [
  `--max-old-space-size=${limits.decoderMegabytes}`,
  `--wasm-max-mem-pages=${limits.decoderMegabytes * pagesOfMegabyte}`,
]

/** The command of a program under a decoder's limits. The kernel holds them too, where `prlimit` (util-linux) is there. */
export function limitedCommand(
  cpuSeconds: number,
  program: string,
  ...words: string[]
): [string, string[]] {
  const node = [process.execPath, ...permissions, ...memory, '--no-warnings', program, ...words]
  const prlimit = ['/usr/bin/prlimit', '/bin/prlimit'].find(existsSync)
  if (!prlimit) return [node[0] as string, node.slice(1)]
  const most = [
    `--cpu=${cpuSeconds}`,
    `--data=${(limits.decoderMegabytes * 2 + 512) * 1024 * 1024}`,
    '--fsize=0',
    '--core=0',
  ]
  return [prlimit, [...most, '--', ...node]]
}

/** The decoders of one process: a few at once, each a process that ends with its file. */
export function makeDecoder(): Decoder {
  let running = 0
  const waiting: (() => void)[] = []
  return {
    async clean(bytes) {
      if (running >= limits.decodersAtOnce) {
        if (waiting.length >= limits.decodersWaiting) throw busy()
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
      running++
      try {
        return await decodeAlone(bytes)
      } finally {
        running--
        waiting.shift()?.()
      }
    },
  }
}

const busy = (): Problem =>
  new Problem(
    'reports/media-busy',
    503,
    'Many pictures are coming in just now. Send this one again in a minute.',
  )
const unreadable = (): Problem =>
  new Problem(
    'reports/media-unreadable',
    422,
    'This file cannot be read, or is larger or longer than we take. Send another photo or a shorter video.',
  )

/** A poor photo grows when it is encoded well again; a video does not. */
const mostOut = (bytes: number): number => Math.max(bytes, limits.photoBytes) + 1024 * 1024

function decodeAlone(bytes: Buffer): Promise<Buffer> {
  const { decoderSeconds, videoCpuSeconds } = limits
  const isVideo = typeOf(bytes)?.startsWith('video/')
  const [command, words] = limitedCommand(
    isVideo ? videoCpuSeconds : decoderSeconds,
    join(here, 'decoder.ts'),
    String(limits.photoPixels),
    String(limits.videoSeconds),
  )
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, {
      env: {},
      cwd: here,
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: decoderSeconds * 1000,
      killSignal: 'SIGKILL',
    })
    const parts: Buffer[] = []
    let size = 0
    child.stdout.on('data', (part: Buffer) => {
      size += part.length
      if (size > mostOut(bytes.length)) child.kill('SIGKILL')
      else parts.push(part)
    })
    child.on('error', () => reject(unreadable()))
    child.on('close', (code) =>
      code === 0 && size > 0 ? resolve(Buffer.concat(parts)) : reject(unreadable()),
    )
    // It may end before it has read everything: that is its answer, not an error of ours.
    child.stdin.on('error', () => undefined)
    child.stdin.end(bytes)
  })
}
