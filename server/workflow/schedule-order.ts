/** The order in which a protocol has its lists and roles. */
import { parseReference } from '../../instruments/definition.ts'
import type { Protocol } from '../../protocols/schema.ts'

type Compare<Row> = (a: Row, b: Row) => number

/** The order of the schedule, in which a packet is filled in. */
export function scheduleOrder({ schedule }: Protocol): Compare<{ instrumentId: string }> {
  const order = schedule.map(({ instrument }) => parseReference(instrument).id)
  return (a, b) => order.indexOf(a.instrumentId) - order.indexOf(b.instrumentId)
}

/** Whom a list is about. */
interface Subject {
  role: string
  number: number
}

/** `scheduleOrder`; of one list about several people, as their roles and they themselves were registered. */
export function packetOrder(protocol: Protocol): Compare<{ instrumentId: string; about: Subject | null }> {
  const [inSchedule, inRoles] = [scheduleOrder(protocol), roleOrder(protocol)]
  return (a, b) => inSchedule(a, b) || (a.about && b.about ? inRoles(a.about, b.about) || a.about.number - b.about.number : 0)
}

export function roleOrder({ roles }: Protocol): Compare<{ role: string }> {
  const order = Object.keys(roles)
  return (a, b) => order.indexOf(a.role) - order.indexOf(b.role)
}
