import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether this process may mount a disk of its own. */
export const mayMount = process.platform === 'linux' && process.getuid?.() === 0

/** Gives such a disk more room, as somebody does who clears up. */
export const resize = (folder: string, kilobytes: number): void => void execFileSync('mount', ['-o', `remount,size=${kilobytes}k`, folder])

/** A folder on a disk of so many kilobytes, in memory. */
export function smallDisk(test: { after(fn: () => void): void }, kilobytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'nameting-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder])
  test.after(() => {
    execFileSync('umount', ['-l', folder])
    rmdirSync(folder)
  })
  return folder
}
