/** The definitions that a study runs on, for whoever wants to read them: in every language, with their norms, version by version. */
import { compareVersions, type VersionComparison } from '../../instruments/compare-versions.ts'
import { formatReference, isStandIn, parseReference, type Reference } from '../../instruments/definition.ts'
import { itemsOf } from '../../instruments/items.ts'
import type { Instrument } from '../../instruments/schema.ts'
import type { Translated } from '../../instruments/translated.ts'
import { languagesOf, missingIn, placedTexts } from '../../instruments/translations.ts'
import type { NormTable } from '../../norms/schema.ts'
import { isForInstrument } from '../../norms/standardise.ts'
import type { Context } from '../context.ts'
import { normsOfStudy } from '../definitions/norms-of-study.ts'
import { lastProtocolOf, periodsOfStudy } from '../definitions/protocol-of-study.ts'
import type { Study } from '../queries/studies.ts'
import { Refusal } from '../refusal.ts'
import { needStudy } from './open-study.ts'

type Defined = Pick<Context, 'definitions'>

/** A definition with its texts in every language into which anything of it is translated. */
export const inAllLanguages = <Any extends Reference>(translated: Translated<Any>, definition: Any): Any =>
  translated.languagesOf(formatReference(definition)).reduce((made, language) => translated.into(made, language), definition)

/** Every instrument that the study asks or asked, with the versions that there are. */
export async function definitionsOf(context: Context, studyId: string) {
  const { study } = await needStudy(context, studyId)
  const { instruments, protocols, norms } = context.definitions
  const last = lastProtocolOf(context.definitions, study)
  const asked = new Set(last.schedule.map(({ instrument }) => instrument))
  return {
    instruments: askedIds(context, study).flatMap((id) => {
      const now = [...asked].find((reference) => parseReference(reference).id === id)
      const shown = now === undefined ? instruments.latest(id) : instruments.get(now)
      if (!shown) return []
      const { title, measures, minutes, respondents, wording } = shown
      return {
        id,
        reference: formatReference(shown),
        title,
        measures,
        minutes,
        respondents,
        wording: wording.status,
        isAsked: now !== undefined,
        items: itemsOf(shown).length,
        scales: shown.scales.length,
        versions: instruments.versions(id).map(formatReference),
        languages: languagesFor(context, shown).map(({ language }) => language),
      }
    }),
    norms: normTables(context, study).map((table) => ({
      reference: formatReference(table),
      title: table.title,
      instrument: table.instrument,
      scale: table.scale,
      population: table.population,
      year: table.year,
      status: table.status,
      isAdopted: study.adoptedNorms.includes(formatReference(table)),
    })),
    prices: (last.prices ?? []).flatMap((reference) => {
      const table = norms.priceTables.get(reference)
      return table ? [{ reference, title: table.title, year: table.year, status: table.status, source: table.source }] : []
    }),
    protocols: protocols.versions(study.protocolId).map((one) => ({ reference: formatReference(one), title: one.title })),
  }
}

/** One instrument whole. Refuses with `not-found` one that is none of the study's. */
export async function instrumentOfStudy(context: Context, studyId: string, reference: string) {
  const { study } = await needStudy(context, studyId)
  const instrument = find(context, study, reference)
  const { title, measures, minutes, respondents, wording, survey, scales } = inAllLanguages(
    context.definitions.translated.instruments,
    instrument,
  )
  return {
    reference,
    title,
    measures,
    minutes,
    respondents,
    wording,
    isStandIn: isStandIn(instrument),
    survey,
    scales,
    languages: languagesFor(context, instrument),
    versions: context.definitions.instruments.versions(instrument.id).map(formatReference),
    norms: normTables(context, study)
      .filter((table) => table.instrument === instrument.id)
      .map((table) => ({
        ...normView(context, table),
        isAdopted: study.adoptedNorms.includes(formatReference(table)),
        isForVersion: isForInstrument(table, instrument),
      })),
  }
}

/** How two versions of an instrument of the study differ. */
export async function compareOfStudy(context: Context, studyId: string, older: string, newer: string): Promise<VersionComparison> {
  const { study } = await needStudy(context, studyId)
  const [before, after] = [find(context, study, older), find(context, study, newer)]
  if (before.id !== after.id) throw new Refusal('not-found')
  return compareVersions(before, after)
}

function find(context: Defined, study: Study, reference: string): Instrument {
  const instrument = context.definitions.instruments.get(reference)
  if (!instrument || !askedIds(context, study).includes(instrument.id)) throw new Refusal('not-found')
  return instrument
}

/** Ids of all instruments that any of its protocols asks, in the order of their schedules. */
const askedIds = ({ definitions }: Defined, study: Study): string[] => [
  ...new Set(
    periodsOfStudy(definitions, study)
      .toReversed()
      .flatMap(({ protocol }) => protocol.schedule.map(({ instrument }) => parseReference(instrument).id)),
  ),
]

const normTables = ({ definitions }: Defined, study: Study): NormTable[] => [
  ...new Set(normsOfStudy(definitions, lastProtocolOf(definitions, study), study.adoptedNorms)),
]

/** The languages of an instrument: its own, then those it is translated into, each with the Dutch texts that lack it. */
function languagesFor({ definitions }: Defined, instrument: Instrument) {
  const { instruments } = definitions.translated
  const reference = formatReference(instrument)
  const own = languagesOf(instrument.survey)
  const further = instruments.languagesOf(reference).filter((language) => !own.includes(language))
  return [...own, ...further].map((language) => {
    const { survey } = instruments.into(instrument, language)
    const lacking = new Set(missingIn(survey, language))
    return {
      language,
      isDraft: instruments.of(reference, language).some(({ status }) => status === 'machine-draft'),
      untranslated: placedTexts(survey).flatMap(({ path, text }) => (lacking.has(path) ? [{ path, nl: text.nl }] : [])),
    }
  })
}

function normView({ definitions }: Defined, table: NormTable) {
  const { title, instrumentVersions, scale, population, year, status, source, strata, bands } = table
  const set = definitions.norms.bandSets.get(bands)
  return {
    reference: formatReference(table),
    title,
    instrumentVersions,
    scale,
    population,
    year,
    status,
    source,
    strata,
    bands: set ? { title: set.title, source: set.source, bands: set.bands } : null,
  }
}
