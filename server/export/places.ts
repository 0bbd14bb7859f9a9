/** Where a list stands in a wide row: an instrument at a wave, filled in by the first, second, ... of a role, perhaps about somebody. */
import { parseReference } from '../../instruments/definition.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { AssignedPlace, ExportAssignment } from '../queries/export-rows.ts'
import { personName } from './column-names.ts'

/** The version is no part of a place: of several a case has one there. */
export type Place = Omit<AssignedPlace, 'version'>

/** A place with all versions that were or will be asked there. */
export interface SharedPlace extends Place {
  versions: Set<string>
}

export const placeOf = ({ instrumentId, wave, participant, about }: ExportAssignment): Place => ({
  instrument: instrumentId,
  wave,
  role: participant.role,
  number: participant.number,
  about: about?.role ?? null,
  aboutNumber: about?.number ?? null,
})

/** The same for equal places. */
export const placeKey = ({ instrument, wave, role, number, about, aboutNumber }: Place): string =>
  [instrument, wave, role, number, about, aboutNumber].join(' ')

/** The places that the schedule foresees: they have columns even when nobody has answered yet. */
export const scheduledPlaces = ({ schedule }: Protocol): AssignedPlace[] =>
  schedule.flatMap(({ instrument, role, about = null, waves }) => {
    const { id, version } = parseReference(instrument)
    return waves.map((wave) => ({ instrument: id, version, wave, role, number: 1, about, aboutNumber: about === null ? null : 1 }))
  })

/** Each place once. */
export const sharedPlaces = (places: AssignedPlace[]): SharedPlace[] =>
  [...Map.groupBy(places, placeKey).values()].flatMap(([place, ...others]) =>
    place ? [{ ...place, versions: new Set([place, ...others].map(({ version }) => version)) }] : [],
  )

/** What tells persons apart in the names of a place's columns, where that is needed among `all` places. */
export function personAt({ instrument, role, number, about, aboutNumber }: Place, all: Place[]): string | undefined {
  const ofInstrument = all.filter((place) => place.instrument === instrument)
  const several = (values: (string | null)[]): boolean => new Set(values).size > 1
  return personName(number, several(ofInstrument.map((place) => place.role)) ? role : undefined, {
    number: aboutNumber ?? 1,
    role: about !== null && several(ofInstrument.map((place) => place.about)) ? about : undefined,
  })
}

/** In the order of waves, then of `instruments` (ids), then of roles; those that the protocol does not know come last. */
export function placeOrder(protocol: Protocol, instruments: string[]): (a: Place, b: Place) => number {
  const waves = protocol.waves.map(({ id }) => id)
  const roles = Object.keys(protocol.roles)
  const inOrder = (known: string[], a: string, b: string): number => rank(known, a) - rank(known, b) || alphabetical(a, b)
  return (a, b) =>
    inOrder(waves, a.wave, b.wave) ||
    inOrder(instruments, a.instrument, b.instrument) ||
    inOrder(roles, a.role, b.role) ||
    a.number - b.number ||
    inOrder(roles, a.about ?? '', b.about ?? '') ||
    (a.aboutNumber ?? 0) - (b.aboutNumber ?? 0)
}

const rank = (known: string[], name: string): number => (known.includes(name) ? known.indexOf(name) : known.length)

export const alphabetical = (a: string, b: string): number => Number(a > b) - Number(a < b)
