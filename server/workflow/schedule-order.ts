import type { Protocol } from '../../protocols/schema.ts'

/** In the order of the protocol's schedule: the order in which a packet is filled in. */
export function inScheduleOrder<Row extends { instrumentId: string }>(protocol: Protocol, rows: Row[]): Row[] {
  const order = protocol.schedule.map(({ instrument }) => instrument.slice(0, instrument.indexOf('@')))
  return rows.toSorted((a, b) => order.indexOf(a.instrumentId) - order.indexOf(b.instrumentId))
}
