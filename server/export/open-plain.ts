/** Opens what is a file of its own: no link to another, no folder, no pipe, no device. */
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

/** For reading. Throws an Error for what is no plain file, also when it became something else a moment ago. */
export async function openPlain(path: string): Promise<FileHandle> {
  // Opening a pipe would wait for somebody to write to it.
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => {
      throw error.code === 'ELOOP' ? new Error(`${path} is a link`) : error
    },
  )
  if ((await handle.stat()).isFile()) return handle
  await handle.close()
  throw new Error(`${path} is no file`)
}
