/** A disk of its own for a test, on which what happens to disks can be made to happen. */
import { execFileSync } from 'node:child_process'
import { closeSync, existsSync, ftruncateSync, mkdtempSync, openSync, rmdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { mayMount } from './small-disk.ts'

/** Those for administrators are not in everybody's path. */
const programs = { PATH: `${process.env.PATH}:/usr/sbin:/sbin` }

/** Whether this process may have one: root on Linux, with loop devices and the programs of ext4. */
export const mayHaveDisk = mayMount && existsSync('/dev/loop-control') && ['mkfs.ext4', 'chattr'].every(isThere)

export interface FragileDisk {
  /** Where it is mounted. */
  folder: string
  /** It breaks: as Linux does it after an error, everything that is on it can be read from then on and nothing written. */
  fail(): void
  /** It is taken out, looked through and put back, as somebody does who repairs it; nobody may have a file of it open. */
  repair(): void
}

export function fragileDisk(test: { after(fn: () => void): void }, megabytes = 24): FragileDisk {
  const own = mkdtempSync(join(tmpdir(), 'nameting-disk-'))
  const [image, folder] = [`${own}.image`, own]
  const file = openSync(image, 'w')
  ftruncateSync(file, megabytes * 1024 * 1024)
  closeSync(file)
  run('mkfs.ext4', '-q', image)
  mount()
  test.after(() => {
    run('umount', '-l', folder)
    rmdirSync(folder)
    run('rm', '-f', image)
  })
  return {
    folder,
    fail() {
      const device = run('findmnt', '--noheadings', '--output', 'SOURCE', folder).trim()
      writeFileSync(`/sys/fs/ext4/${basename(device)}/trigger_fs_error`, 'broken by a test')
    },
    repair() {
      run('umount', folder)
      // 1: mistakes were found and are gone.
      run('sh', '-c', 'e2fsck -p "$0" || [ $? -eq 1 ]', image)
      mount()
    },
  }

  function mount(): void {
    run('mount', '-o', 'loop,errors=remount-ro', image, folder)
  }
}

/** Nobody writes to these files any more, not even root, nor who has them open; or everybody does again. */
export const setReadOnly = (isSo: boolean, ...paths: string[]): void => void run('chattr', isSo ? '+i' : '-i', ...paths)

const run = (program: string, ...words: string[]): string =>
  execFileSync(program, words, { encoding: 'utf8', env: programs, stdio: 'pipe' })

function isThere(program: string): boolean {
  return (programs.PATH ?? '').split(':').some((folder) => existsSync(join(folder, program)))
}
