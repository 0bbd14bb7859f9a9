/** Reads the text of a file that came from elsewhere. */
import { scanJson } from '../json.ts'
import { ImportFaults, pathOfPointer } from './report.ts'

/** Largest file that is read, in bytes. The longest instruments in use are a tenth of it. */
export const largestFile = 2_000_000

/** What JSON.parse reads. Throws ImportFaults for what is no JSON, has a key twice, or a key such as __proto__. */
export function parseSource(text: string, within = ''): unknown {
  const plain = text.replace(/^\uFEFF/, '')
  const { faults } = scanJson(plain)
  if (faults.length === 0) return JSON.parse(plain) as unknown
  throw new ImportFaults(faults.map(({ path, reason }) => ({ path: `${within}${pathOfPointer(path)}`, reason })))
}
