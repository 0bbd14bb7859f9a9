/** What an export will hold, decided before the first row is read: instruments, their columns, and where they stand in a wide row. */
import { formatReference, parseReference } from '../../instruments/definition.ts'
import { collisionsIn } from '../../instruments/missing-codes.ts'
import type { Instrument } from '../../instruments/schema.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Period } from '../../protocols/versions.ts'
import type { Db } from '../db/tx.ts'
import type { Definitions } from '../definitions/load.ts'
import { normsOfStudy, pricesOfStudy } from '../definitions/norms-of-study.ts'
import { periodsOfStudy } from '../definitions/protocol-of-study.ts'
import { Failure } from '../failure.ts'
import { type AssignedPlace, anchorNames, assignedPlaces, type ExportAssignment, normsUsed } from '../queries/export-rows.ts'
import { findStudy, listStudies, type Study } from '../queries/studies.ts'
import { hasValueChanges } from '../queries/value-changes.ts'
import { instrumentName } from './column-names.ts'
import { itemUnits } from './item-columns.ts'
import type { NormUse } from './norm-use.ts'
import { normsOf } from './norm-use.ts'
import { alphabetical, personAt, placeOf, placeOrder, type SharedPlace, scheduledPlaces, sharedPlaces } from './places.ts'
import { type PriceUse, pricesUsed } from './price-use.ts'
import { scaleUnits, soleScale } from './scale-columns.ts'
import { type SharedColumn, sharedColumns } from './shared-columns.ts'
import { type WeightUse, weightsOf } from './weights.ts'
import { inOrderOfUse, wholeProtocol } from './whole-protocol.ts'

export interface ExportPlan {
  study: Study
  /** That of the whole study, see `wholeProtocol`. */
  protocol: Protocol
  /** Names of anchors, in the order of the protocol. */
  anchors: string[]
  /** One per instrument, in the order of the schedule. */
  instruments: PlannedInstrument[]
  /** Price tables behind costs. */
  prices: PriceUse[]
  /** How much lists count. */
  weights: WeightUse[]
  /** Whether staff changed any value: then there is a table of that. */
  hasChanges: boolean
  /** In the order of waves, then instruments. */
  places: ExportPlace[]
  /** Orders the assignments of a case as the places are ordered. */
  inOrder(a: ExportAssignment, b: ExportAssignment): number
}

export interface PlannedInstrument {
  id: string
  /** In the order in which the study took them into use; at least one. */
  versions: Instrument[]
  latest: Instrument
  /** As it stands in names of files. */
  name: string
  variables: SharedColumn<ExportAssignment>[]
  norms: NormUse[]
}

/** An instrument at a wave, filled in by the first, second, ... of a role. */
export interface ExportPlace extends SharedPlace {
  planned: PlannedInstrument
  /** Part of the name that tells persons apart, where that is needed. */
  person?: string
}

/** Throws a Failure for an unknown study, a definition that is not there, or an item that allows a missing code as its answer. */
export async function planExport(db: Db, definitions: Definitions, studyId: string): Promise<ExportPlan> {
  const study = await needStudy(db, studyId)
  const periods = periodsOfStudy(definitions, study)
  const protocol = wholeProtocol(periods)
  const assigned = await assignedPlaces(db, studyId)
  const used = await normsUsed(db, studyId)
  const known = await anchorNames(db, studyId)
  // The latest protocol has the norms of those before it, too.
  const inForce = normsOfStudy(definitions, protocol, study.adoptedNorms)
  const normsOfScale = (instrument: Instrument, scale: string) => normsOf(definitions, inForce, used, instrument, scale)

  const asPlanned = periods.flatMap((period) => scheduledPlaces(period.protocol))
  const everything = [...asPlanned, ...assigned.toSorted((a, b) => alphabetical(a.instrument, b.instrument))]
  const began = (periods[0] as Period).protocol
  const inUse = inOrderOfUse(began, study.adoptedVersions, (name) => definitions.protocols.need(name), everything.map(reference))
  const versions = Map.groupBy(inUse, (name) => parseReference(name).id)
  const ids = [...new Set(everything.map(({ instrument }) => instrument))]
  const instruments = ids.map((id) =>
    planned(
      (versions.get(id) ?? []).map((name) => needInstrument(definitions, name)),
      normsOfScale,
    ),
  )

  const order = placeOrder(protocol, ids)
  return {
    study,
    protocol,
    anchors: [...new Set([...Object.keys(protocol.anchors), ...known])],
    instruments,
    prices: pricesUsed(
      pricesOfStudy(definitions, protocol),
      instruments.flatMap((instrument) => instrument.versions),
    ),
    weights: await weightsOf(db, protocol, studyId),
    hasChanges: await hasValueChanges(db, studyId),
    places: sharedPlaces(everything)
      .sort(order)
      .map((place) => ({
        ...place,
        planned: instruments.find(({ id }) => id === place.instrument) as PlannedInstrument,
        person: personAt(place, everything),
      })),
    inOrder: (a, b) => order(placeOf(a), placeOf(b)) || (a.id < b.id ? -1 : 1),
  }
}

/** Whether an assignment is of this instrument, whatever the version. */
export const isOf = ({ id }: PlannedInstrument, { instrumentId }: ExportAssignment): boolean => id === instrumentId

const reference = ({ instrument, version }: AssignedPlace): string => formatReference({ id: instrument, version })

function planned(versions: Instrument[], normsOfScale: (instrument: Instrument, scale: string) => NormUse[]): PlannedInstrument {
  for (const instrument of versions) assertNoCollision(instrument)
  const latest = versions.at(-1) as Instrument
  const sole = soleScale(versions)
  return {
    id: latest.id,
    versions,
    latest,
    name: instrumentName(latest.id),
    variables: [
      ...sharedColumns(versions.map(itemUnits)),
      ...sharedColumns(versions.map((instrument) => scaleUnits(instrument, sole, normsOfScale))),
    ],
    norms: versions.flatMap((instrument) => instrument.scales.flatMap(({ id }) => normsOfScale(instrument, id))),
  }
}

async function needStudy(db: Db, id: string): Promise<Study> {
  const study = await findStudy(db, id)
  if (study) return study
  const known = (await listStudies(db)).map((other) => other.id)
  throw new Failure(`There is no study ${id}; there is: ${known.join(', ') || 'none yet'}.`)
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
