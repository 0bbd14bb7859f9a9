/** Whether the lists of erasures can be read as a whole: found now, there is a whole copy yet. Changes nothing. */
import { existsSync } from 'node:fs'
import { erasureListIn } from '../backup/erasure-list.ts'
import { readErasureList } from '../backup/read-erasure-list.ts'
import { openPlaces } from '../backup/whole-copy.ts'
import { Failure } from '../failure.ts'
import { damaged } from './list-erasures.ts'

/** What is wrong with those that lie in these folders. */
export async function examineErasures(folders: readonly string[]): Promise<string[]> {
  const paths = [...new Set(folders.map(erasureListIn))].filter((path) => existsSync(path))
  return (await Promise.all(paths.map(problemsOf))).flat()
}

async function problemsOf(path: string): Promise<string[]> {
  try {
    const places = openPlaces(await readErasureList(path))
    return places.length > 0 ? [damaged(path, places)] : []
  } catch (cause) {
    if (cause instanceof Failure) return [cause.message]
    throw cause
  }
}
