/** Whether one list of erasures can stand for another that is damaged. Pure. */
import type { ErasureList } from './read-erasure-list.ts'

/** Places of which nobody has written the lines again. */
export const openPlaces = ({ unread }: ErasureList) => unread.filter(({ isMadeGood }) => !isMadeGood)

/**
 * A list without such places that has every line of the other which can be read, and beside them at least as many bytes of lines as cannot be
 * read there: both are written in the same order by the same server, so that an older copy, which ends before, is not taken for one.
 */
export function standsFor(copy: ErasureList, damaged: ErasureList): boolean {
  if (openPlaces(copy).length > 0) return false
  const [own, read] = [written(copy), written(damaged)]
  if (!read.isSubsetOf(own)) return false
  const lost = openPlaces(damaged).reduce((sum, { bytes }) => sum + bytes, 0)
  return (
    own
      .difference(read)
      .values()
      .reduce((sum, line) => sum + Buffer.byteLength(line), 0) >= lost
  )
}

/** Each line once, as it stands in the file. */
const written = ({ lines }: ErasureList): Set<string> =>
  new Set(lines.filter(({ what }) => what !== 'written again').map((line) => `${JSON.stringify(line)}\n`))
