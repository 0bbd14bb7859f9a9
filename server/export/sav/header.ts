/** The first 176 bytes of a `.sav` file. Source: GNU PSPP Internals, "System File Format", "File Header Record". */
import { Bytes } from './bytes.ts'
import { bias } from './compressed-rows.ts'
import { shortened } from './pieces.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `groups`: of 8 bytes in a row. `now`: ISO 8601, in UTC. */
export function header({ groups, rows, label, now }: { groups: number; rows: number; label: string; now: string }): Buffer {
  const [year = '', month = '', day = ''] = now.slice(0, 10).split('-')
  const layout = 2
  const compressed = 1
  const unweighted = 0
  return new Bytes()
    .text('$FL2')
    .padded('@(#) SPSS DATA FILE Nameting', 60)
    .int32(layout, groups, compressed, unweighted, rows)
    .float64(bias)
    .text(`${day} ${months[Number(month) - 1]} ${year.slice(2)}${now.slice(11, 19)}`)
    .padded(shortened(label, 64), 64)
    .fill(3)
    .take()
}
