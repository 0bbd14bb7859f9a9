/** Scores as columns. A score that is not there leaves its cells empty; `missing` and `reason` say why. */
import type { Localized } from '../../instruments/definition.ts'
import type { Instrument, Scale } from '../../instruments/schema.ts'
import type { ScoreReason } from '../../norms/assess.ts'
import type { ExportAssignment } from '../queries/export-rows.ts'
import type { Score } from '../queries/responses.ts'
import { type Column, type ColumnType, column, type Value } from './column.ts'
import { columnName, type ScorePart } from './column-names.ts'
import { joined } from './item-columns.ts'
import type { NormUse } from './norm-use.ts'
import type { Unit } from './shared-columns.ts'

/** The scales of one version of an instrument. `sole` is the scale that is called by its parts alone. */
export function scaleUnits(
  instrument: Instrument,
  sole: string | undefined,
  normsOfScale: (instrument: Instrument, scale: string) => NormUse[],
): Unit<ExportAssignment>[] {
  return instrument.scales.map((scale) => {
    const norms = normsOfScale(instrument, scale.id)
    return { key: scale.id, instrument, scale, norms, columns: scaleColumns(instrument, scale, scale.id === sole, norms) }
  })
}

/** The only scale of the first version that has any: later versions may add others, and it keeps its name. */
export function soleScale(versions: readonly Instrument[]): string | undefined {
  const [first, ...others] = versions.find(({ scales }) => scales.length > 0)?.scales ?? []
  return others.length === 0 ? first?.id : undefined
}

function scaleColumns(instrument: Instrument, scale: Scale, only: boolean, norms: NormUse[]): Column<ExportAssignment>[] {
  const partsHere = scoreParts.filter(
    ({ needsNorm, needsPrices }) => (!needsNorm || norms.length > 0) && (!needsPrices || scale.method === 'cost'),
  )
  return partsHere.map(({ part, label: usual, type, cell, valuesFrom }) => {
    const variable = { scale: scale.id, only, part }
    const label = part === 'band' ? bandLabel(scale, usual) : usual
    return column<ExportAssignment>({
      name: columnName(variable),
      label: joined(scale.title, label),
      type,
      values: valuesFrom?.(norms) ?? [],
      range: part === 'raw' ? scale.range : undefined,
      origin: { instrument, variable, scale, part, norms },
      cell: ({ response }) => {
        const score = response?.scores.get(scale.id)
        return score ? cell(score) : null
      },
    })
  })
}

interface Part {
  part: ScorePart
  label: Localized
  type: ColumnType
  cell: (score: Score) => number | string | null
  /** Not there for a scale that is compared with no population. */
  needsNorm?: true
  /** Only there for costs. */
  needsPrices?: true
  valuesFrom?: (norms: NormUse[]) => Value[]
}

/** What there is to know of a score, whatever the scale. */
export const scoreParts: readonly Part[] = [
  { part: 'raw', label: { nl: 'ruwe score', en: 'raw score' }, type: 'decimal', cell: ({ raw }) => raw },
  { part: 'z', label: { nl: 'deviatiescore (z)', en: 'standard score (z)' }, type: 'decimal', cell: ({ z }) => z, needsNorm: true },
  {
    part: 'band',
    label: { nl: 'klasse', en: 'band' },
    type: 'code',
    cell: ({ band }) => band,
    needsNorm: true,
    valuesFrom: bandValues,
  },
  {
    part: 'missing',
    label: { nl: 'aantal ontbrekende items', en: 'number of items missing' },
    type: 'integer',
    cell: ({ missing }) => missing,
  },
  {
    part: 'reason',
    label: { nl: 'waarom er geen score of geen z is', en: 'why there is no score or no z' },
    type: 'code',
    cell: ({ reason }) => reason,
    valuesFrom: () => Object.entries(reasonLabels).map(([value, label]) => ({ value, label })),
  },
  {
    part: 'norm',
    label: { nl: 'normtabel', en: 'norm table' },
    type: 'text',
    cell: ({ normId, normVersion }) => (normId === null ? null : `${normId}@${normVersion}`),
    needsNorm: true,
  },
  {
    part: 'stratum',
    label: { nl: 'normgroep binnen de tabel', en: 'stratum of the norm table' },
    type: 'text',
    cell: ({ stratum }) => stratum,
    needsNorm: true,
  },
  {
    part: 'prices',
    label: { nl: 'prijstabel', en: 'price table' },
    type: 'text',
    cell: ({ priceTableId, priceTableVersion }) => (priceTableId === null ? null : `${priceTableId}@${priceTableVersion}`),
    needsPrices: true,
  },
]

/** Names the problem whose degree the bands are, where the scale says one. */
const bandLabel = ({ problem }: Scale, { nl, en }: Localized): Localized =>
  problem ? { nl: `${nl} (${problem.nl})`, en: `${en} (${problem.en})` } : { nl, en }

/** The bands of all tables in use; two sets seldom differ, and then the first label of an id counts. */
function bandValues(norms: NormUse[]): Value[] {
  const labels = new Map<string, Localized>()
  for (const { id, label } of norms.flatMap(({ bands }) => bands?.bands ?? [])) if (!labels.has(id)) labels.set(id, label)
  return [...labels].map(([value, label]) => ({ value, label }))
}

const reasonLabels: Record<ScoreReason, Localized> = {
  'not-asked': { nl: 'geen van de items is gevraagd', en: 'none of the items was asked' },
  'no-answer': { nl: 'geen van de items is beantwoord', en: 'none of the items was answered' },
  'too-many-missing': { nl: 'te veel items ontbreken', en: 'too many items are missing' },
  'not-a-number': { nl: 'een antwoord is geen getal', en: 'an answer is not a number' },
  'no-records': { nl: 'er is niets waarvan dit een deel kan zijn', en: 'there is nothing that this could be a part of' },
  'end-before-start': { nl: 'een einde ligt voor het begin', en: 'an end lies before its start' },
  'no-completion-day': { nl: 'niet bekend tot wanneer iets nog loopt', en: 'until when something still goes on is not known' },
  'no-price': { nl: 'geen prijs bekend', en: 'no price is known' },
  'no-norm': { nl: 'geen normtabel voor deze schaal', en: 'no norm table for this scale' },
  'no-stratum': { nl: 'geen normgroep past bij deze persoon', en: 'no stratum of the norm table fits this person' },
}
