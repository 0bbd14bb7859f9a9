/** What an export will hold, decided before the first row is read: instruments, their columns, and where they stand in a wide row. */
import { formatReference } from '../../instruments/definition.ts'
import { collisionsIn } from '../../instruments/missing-codes.ts'
import type { Instrument } from '../../instruments/schema.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Db } from '../db/tx.ts'
import type { Definitions } from '../definitions/load.ts'
import { normsOfStudy, pricesOfStudy } from '../definitions/norms-of-study.ts'
import { Failure } from '../failure.ts'
import { type AssignedPlace, anchorNames, assignedPlaces, type ExportAssignment, normsUsed } from '../queries/export-rows.ts'
import { findStudy, listStudies, type Study } from '../queries/studies.ts'
import type { Column } from './column.ts'
import { instrumentName, personName } from './column-names.ts'
import { itemColumns } from './item-columns.ts'
import type { NormUse } from './norm-use.ts'
import { normsOf } from './norm-use.ts'
import { type PriceUse, pricesUsed } from './price-use.ts'
import { scaleColumns } from './scale-columns.ts'

export interface ExportPlan {
  study: Study
  protocol: Protocol
  /** Names of anchors, in the order of the protocol. */
  anchors: string[]
  /** One per version in use, in the order of the schedule. */
  instruments: PlannedInstrument[]
  /** Price tables behind costs. */
  prices: PriceUse[]
  /** In the order of waves, then instruments. */
  places: ExportPlace[]
  /** Orders the assignments of a case as the places are ordered. */
  inOrder(a: ExportAssignment, b: ExportAssignment): number
}

export interface PlannedInstrument {
  instrument: Instrument
  /** Set where the study uses several versions, since then it is part of every name. */
  version?: string
  /** As it stands in names of files. */
  name: string
  columns: Column<ExportAssignment>[]
  norms: NormUse[]
}

/** An instrument at a wave, filled in by the first, second, ... of a role. */
export interface ExportPlace extends AssignedPlace {
  planned: PlannedInstrument
  /** Part of the name that tells persons apart, where that is needed. */
  person?: string
}

/** Throws a Failure for an unknown study, a definition that is not there, or an item that allows a missing code as its answer. */
export async function planExport(db: Db, definitions: Definitions, studyId: string): Promise<ExportPlan> {
  const study = await needStudy(db, studyId)
  const protocol = needProtocol(definitions, study)
  const assigned = await assignedPlaces(db, studyId)
  const used = await normsUsed(db, studyId)
  const known = await anchorNames(db, studyId)
  const inForce = normsOfStudy(definitions, protocol, study.adoptedNorms)

  const asPlanned = scheduled(protocol)
  const everything = distinct([...asPlanned, ...assigned])
  const references = [...new Set(everything.map(reference))]
  const severalVersions = (id: string) => references.filter((other) => other.startsWith(`${id}@`)).length > 1
  const instruments = references.map((name) => {
    const instrument = needInstrument(definitions, name)
    assertNoCollision(instrument)
    return planned(instrument, severalVersions(instrument.id), (scale) => normsOf(definitions, inForce, used, instrument, scale))
  })

  const order = placeOrder(protocol, references)
  return {
    study,
    protocol,
    anchors: [...new Set([...Object.keys(protocol.anchors), ...known])],
    instruments,
    prices: pricesUsed(
      pricesOfStudy(definitions, protocol),
      instruments.map(({ instrument }) => instrument),
    ),
    places: everything.sort(order).map((place) => ({
      ...place,
      planned: instruments[references.indexOf(reference(place))] as PlannedInstrument,
      person: personName(place.number, rolesOf(everything, place.instrument).size > 1 ? place.role : undefined),
    })),
    inOrder: (a, b) => order(placeOf(a), placeOf(b)) || (a.id < b.id ? -1 : 1),
  }
}

const reference = ({ instrument, version }: AssignedPlace): string => formatReference({ id: instrument, version })

export const placeOf = ({ instrumentId, instrumentVersion, wave, participant }: ExportAssignment): AssignedPlace => ({
  instrument: instrumentId,
  version: instrumentVersion,
  wave,
  role: participant.role,
  number: participant.number,
})

/** The same for equal places. */
export const placeKey = ({ instrument, version, wave, role, number }: AssignedPlace): string =>
  `${instrument}@${version} ${wave} ${role} ${number}`

/** Whether an assignment is of exactly this instrument version. */
export const isOf = ({ instrument }: PlannedInstrument, { instrumentId, instrumentVersion }: ExportAssignment): boolean =>
  instrument.id === instrumentId && instrument.version === instrumentVersion

const distinct = (places: AssignedPlace[]): AssignedPlace[] => [...new Map(places.map((place) => [placeKey(place), place])).values()]

const rolesOf = (places: AssignedPlace[], instrument: string): Set<string> =>
  new Set(places.filter((place) => place.instrument === instrument).map(({ role }) => role))

/** The places that the schedule foresees: they have columns even when nobody has answered yet. */
function scheduled({ schedule }: Protocol): AssignedPlace[] {
  return schedule.flatMap(({ instrument, role, waves }) => {
    const [id = '', version = ''] = instrument.split('@')
    return waves.map((wave) => ({ instrument: id, version, wave, role, number: 1 }))
  })
}

function placeOrder(protocol: Protocol, references: string[]): (a: AssignedPlace, b: AssignedPlace) => number {
  const waves = protocol.waves.map(({ id }) => id)
  const roles = Object.keys(protocol.roles)
  // What the protocol does not know comes last.
  const rank = (known: string[], name: string) => (known.includes(name) ? known.indexOf(name) : known.length)
  const alphabetical = (a: string, b: string) => Number(a > b) - Number(a < b)
  return (a, b) =>
    rank(waves, a.wave) - rank(waves, b.wave) ||
    alphabetical(a.wave, b.wave) ||
    references.indexOf(reference(a)) - references.indexOf(reference(b)) ||
    rank(roles, a.role) - rank(roles, b.role) ||
    alphabetical(a.role, b.role) ||
    a.number - b.number
}

function planned(instrument: Instrument, withVersion: boolean, normsOfScale: (scale: string) => NormUse[]): PlannedInstrument {
  const version = withVersion ? instrument.version : undefined
  return {
    instrument,
    version,
    name: instrumentName({ instrument: instrument.id, version }),
    columns: [...itemColumns(instrument), ...scaleColumns(instrument, normsOfScale)],
    norms: instrument.scales.flatMap(({ id }) => normsOfScale(id)),
  }
}

async function needStudy(db: Db, id: string): Promise<Study> {
  const study = await findStudy(db, id)
  if (study) return study
  const known = (await listStudies(db)).map((other) => other.id)
  throw new Failure(`There is no study ${id}; there is: ${known.join(', ') || 'none yet'}.`)
}

function needProtocol({ protocols }: Definitions, { id, protocolId, protocolVersion }: Study): Protocol {
  const name = formatReference({ id: protocolId, version: protocolVersion })
  const protocol = protocols.get(name)
  if (protocol) return protocol
  throw new Failure(
    `Study ${id} runs protocol ${name}, which is not among the definitions. Set DEFINITIONS_DIR to the folder that the server uses.`,
  )
}

function needInstrument({ instruments }: Definitions, name: string): Instrument {
  const instrument = instruments.get(name)
  if (instrument) return instrument
  throw new Failure(
    `There are assignments of ${name}, which is not among the definitions. Set DEFINITIONS_DIR to the folder that the server uses.`,
  )
}

function assertNoCollision(instrument: Instrument): void {
  const [first] = collisionsIn(instrument)
  if (first)
    throw new Failure(
      `Item ${first.item} of ${formatReference(instrument)} allows the answer ${first.code}, which an export writes for a missing answer. Give the item other values in a new version.`,
    )
}
