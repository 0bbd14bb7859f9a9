/** What may be worked out of a variable: SPSS asks it of each, and offers tables and figures by it. */
import type { ColumnHead } from '../column.ts'

/** The numbers by which a `.sav` file has them. */
export const measures = { nominal: 1, ordinal: 2, scale: 3 } as const
export type Measure = keyof typeof measures

/**
 * Texts and codes are names, numbers and dates are quantities. Numbers with labels are grades when a scale adds them up and there
 * are more than two, else names.
 */
export function measureOf(head: ColumnHead): Measure {
  if (head.type === 'text' || head.type === 'code') return 'nominal'
  if (head.values.length === 0) return 'scale'
  return head.values.length > 2 && isAddedUp(head) ? 'ordinal' : 'nominal'
}

function isAddedUp({ origin }: ColumnHead): boolean {
  const versions = origin ? (origin.versions ?? [origin]) : []
  return versions.some(({ instrument, item }) =>
    instrument.scales.some(({ method, items }) => (method === 'sum' || method === 'mean') && items.includes(item?.name ?? '')),
  )
}
