import { createReadStream, type ReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The sealed files of photos and video, in `DATA/media`. A file is written whole and flushed before its row is
 * committed, under a name that says so; after the commit it gets its own. A crash between the two is mended when
 * the file is next asked for, or swept.
 */
export interface MediaFiles {
  /** Writes and flushes; not yet found under its name. */
  prepare(name: string, sealed: Buffer | AsyncIterable<Buffer>): Promise<void>
  /** The row is committed. */
  keep(name: string): Promise<void>
  read(name: string): Promise<Buffer | null>
  stream(name: string): Promise<ReadStream | null>
  remove(name: string): Promise<void>
  /** Removes every file that `isWanted` does not know; one that is being prepared only after an hour. */
  sweep(isWanted: (name: string) => boolean, now: Date): Promise<number>
}

const prepared = '.new'
const hourMilliseconds = 3_600_000

export function mediaFiles(folder: string): MediaFiles {
  const path = (name: string): string => join(folder, name)
  /** A kept file; or one whose row was committed just before a crash. */
  const found = async (name: string): Promise<string | null> => {
    if (await exists(path(name))) return path(name)
    if (!(await exists(path(name + prepared)))) return null
    await rename(path(name + prepared), path(name))
    return path(name)
  }
  return {
    async prepare(name, sealed) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeFlushed(path(name + prepared), sealed)
      await flushFolder(folder)
    },
    async keep(name) {
      await rename(path(name + prepared), path(name))
      await flushFolder(folder)
    },
    async read(name) {
      const at = await found(name)
      return at === null ? null : readFile(at)
    },
    async stream(name) {
      const at = await found(name)
      return at === null ? null : createReadStream(at)
    },
    async remove(name) {
      for (const each of [name, name + prepared]) await rm(path(each), { force: true })
    },
    async sweep(isWanted, now) {
      let swept = 0
      for (const file of await readdir(folder).catch(() => [])) {
        if (isWanted(file.replace(/\.new$/, ''))) continue
        if (file.endsWith(prepared) && !(await isOld(path(file), now))) continue
        await rm(path(file), { force: true })
        swept++
      }
      return swept
    },
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

const isOld = (path: string, now: Date): Promise<boolean> =>
  stat(path).then(
    ({ mtimeMs }) => now.getTime() - mtimeMs > hourMilliseconds,
    () => false,
  )

async function writeFlushed(path: string, parts: Buffer | AsyncIterable<Buffer>): Promise<void> {
  const file = await open(path, 'w', 0o600)
  try {
    if (Buffer.isBuffer(parts)) await file.write(parts)
    else for await (const part of parts) await file.write(part)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A file's name is on the disk only when its folder is. */
async function flushFolder(folder: string): Promise<void> {
  const file = await open(folder, 'r')
  await file.sync().finally(() => file.close())
}
