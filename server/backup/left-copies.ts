/** Copies in clear that a backup has in the data folder while it is made, and what is left of them when it is cut off. */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { newId } from '../new-id.ts'

/** The folder in which copies lie for a while, named after the process that has them there. */
export const stagingFolder = (data: string, id = newId()): string => join(data, `.copying-${process.pid}-${id}`)

/** What a backup that was cut off has left behind. */
export const leftBy = ({ data, into }: { data: string; into: string }, id: string): string[] => [
  ...namesIn(data, (name) => name.startsWith('.copying-') && name.endsWith(`-${id}`)),
  ...namesIn(into, (name) => name.startsWith('.nameting-') && name.endsWith(`.partial-${id}`)),
]

/** Removes copies of processes that are no more: they are as secret as what they are copied from, and take as much room. */
export function removeLeftCopies(data: string): void {
  for (const path of namesIn(data, (name) => /^\.copying-\d+-/.test(name)))
    if (!isRunning(Number(/\.copying-(\d+)-/.exec(path)?.[1]))) rmSync(path, { recursive: true, force: true })
}

const namesIn = (folder: string, isMeant: (name: string) => boolean): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter(isMeant)
        .map((name) => join(folder, name))
    : []

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM'
  }
}
