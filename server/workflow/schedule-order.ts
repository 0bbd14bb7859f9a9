/** The order in which a protocol has its lists and roles. */
import { parseReference } from '../../instruments/definition.ts'
import type { Protocol } from '../../protocols/schema.ts'

type Compare<Row> = (a: Row, b: Row) => number

/** The order of the schedule, in which a packet is filled in. */
export function scheduleOrder({ schedule }: Protocol): Compare<{ instrumentId: string }> {
  const order = schedule.map(({ instrument }) => parseReference(instrument).id)
  return (a, b) => order.indexOf(a.instrumentId) - order.indexOf(b.instrumentId)
}

export function roleOrder({ roles }: Protocol): Compare<{ role: string }> {
  const order = Object.keys(roles)
  return (a, b) => order.indexOf(a.role) - order.indexOf(b.role)
}
