/**
 * Checks instruments beyond what their schema can say: names, conditions, scales, stand-ins and translations.
 *
 * Everything here is a pure function of what `readInstruments` returned. An error keeps a definition from being used; a
 * warning is something that is allowed and seldom meant.
 */
import { Model } from 'survey-core'
import type { ReadInstruments } from './catalogue.ts'
import { checkElements } from './check-elements.ts'
import { checkParts, checkStandIn, warnAboutParts } from './check-parts.ts'
import { checkScales, warnAboutScales } from './check-scales.ts'
import { formatReference, type Mistake, type Problem } from './definition.ts'
import { checkPlaces, inFiles } from './place.ts'
import type { Instrument } from './schema.ts'
import { checkLanguageTags, warnAboutTranslations } from './translations.ts'

/** `known`: files with surveys of which it is known that SurveyJS has nothing against them; finding that out takes longer than all else. */
export function checkInstruments({ catalogue, files, parts }: ReadInstruments, known: ReadonlySet<string> = new Set()): Problem[] {
  return [
    ...checkParts({ parts }),
    ...checkPlaces(catalogue.all(), files),
    ...inFiles(catalogue.all(), files, (instrument) =>
      checkInstrument(instrument, known.has(files.get(formatReference(instrument)) ?? '')),
    ),
  ]
}

export const warnAboutInstruments = (read: ReadInstruments): Problem[] => [
  ...warnAboutParts(read, 'instrument'),
  ...inFiles(read.catalogue.all(), read.files, (instrument) => [...warnAboutScales(instrument), ...warnAboutTranslations(instrument)]),
]

/** The shipped ones are checked again with every folder that is laid over them: an instrument that says the same has the same mistakes. */
const checked = new Map<string, Mistake[]>()

function checkInstrument(instrument: Instrument, isKnownToOpen: boolean): Mistake[] {
  const key = `${isKnownToOpen} ${JSON.stringify(instrument)}`
  const before = checked.get(key)
  if (before) return before
  const elements = checkElements(instrument)
  const mistakes = [
    ...checkStandIn(instrument),
    ...checkLanguageTags(instrument),
    ...elements,
    ...checkScales(instrument),
    // What is told above in our own words, SurveyJS would only tell again.
    ...(elements.length === 0 && !isKnownToOpen ? mistakesOf(instrument.survey) : []),
  ]
  checked.set(key, mistakes)
  return mistakes
}

/** What SurveyJS itself has against the survey; other tools must be able to open it. */
function mistakesOf(survey: Instrument['survey']): Mistake[] {
  try {
    const errors = new Model(survey).jsonErrors ?? []
    return errors.map(({ message }) => ({ path: '/survey', reason: `SurveyJS says: ${message}` }))
  } catch (error) {
    return [{ path: '/survey', reason: `SurveyJS cannot open it: ${(error as Error).message}` }]
  }
}
