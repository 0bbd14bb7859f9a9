/** Who has values at several places, such as waves: one person throughout, also of a family that counts once. Pure. */
import type { Measure } from '../../protocols/report-schema.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { seatsOf } from '../../protocols/weights.ts'
import type { Asked, Observation } from './observe.ts'

/**
 * By participant, who they count as in another wave. Somebody who took the place of another is another person, whose answers say what
 * they think. But a role with a window of its own codes a file: whoever takes that over goes on with the same source.
 */
export function asOnePerson(
  participants: readonly { id: string; role: string; succeedsId: string | null }[],
  { roles }: Pick<Protocol, 'roles'>,
): Map<string, string> {
  const seats = seatsOf(participants)
  return new Map(participants.map(({ id, role }) => [id, roles[role]?.window ? (seats.get(id) ?? id) : id]))
}

/** By what values are looked at to see whose they are: facts, and whether a list came, are of the case itself. */
export const unitOfPeople = (measure: Measure, unit: Asked['unit']): Asked['unit'] =>
  'fact' in measure || 'list' in measure ? unit : 'list'

/**
 * A row per person with their value at each place, or null. `samples` are the observations at the places, by `unitOfPeople`. Where cases are
 * counted a case has one row: of the person with the most values; of several, the first who has one. So a case in which nobody
 * has all of them has no complete row.
 */
export function samePeople(unit: Asked['unit'], samples: readonly (readonly Observation[])[]): (Observation | null)[][] {
  const found = samples.map(byPerson)
  const people = new Set(found.flatMap((at) => [...at.keys()]))
  const rows = [...people].map((who) => found.map((at) => at.get(who) ?? null))
  return unit === 'case' ? onePerCase(rows) : rows
}

/** Whether there is a value at each place. */
export const isComplete = (row: readonly (Observation | null)[]): row is Observation[] => row.every((one) => one !== null)

/** Of several values of one person at one place, the first. */
function byPerson(sample: readonly Observation[]): Map<string, Observation> {
  const first = new Map<string, Observation>()
  for (const one of sample) if (!first.has(one.who)) first.set(one.who, one)
  return first
}

function onePerCase(rows: readonly (Observation | null)[][]): (Observation | null)[][] {
  const chosen = new Map<string, (Observation | null)[]>()
  for (const row of rows) {
    const id = row.find((one) => one !== null)?.of.id ?? ''
    const known = chosen.get(id)
    if (!known || valuesIn(row) > valuesIn(known)) chosen.set(id, row)
  }
  return [...chosen.values()]
}

const valuesIn = (row: readonly (Observation | null)[]): number => row.filter((one) => one !== null).length
