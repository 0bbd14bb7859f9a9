/**
 * Checks instruments beyond what their schema can say: names, conditions, scales, stand-ins and translations.
 *
 * Everything here is a pure function of what `readInstruments` returned. An error keeps a definition from being used; a
 * warning is something that is allowed and seldom meant.
 */
import { Model } from 'survey-core'
import type { ReadInstruments } from './catalogue.ts'
import { checkElements } from './check-elements.ts'
import { checkScales, warnAboutScales } from './check-scales.ts'
import { formatReference, isStandIn, type Mistake, type Problem } from './definition.ts'
import { pointer } from './json.ts'
import { checkPlaces, inFiles } from './place.ts'
import type { Instrument, Part } from './schema.ts'
import { checkLanguageTags, warnAboutTranslations } from './translations.ts'

export function checkInstruments({ catalogue, files, parts }: ReadInstruments): Problem[] {
  return [
    ...checkPlaces(parts.catalogue.all(), parts.files),
    ...checkPlaces(catalogue.all(), files),
    ...inFiles(parts.catalogue.all(), parts.files, (part) => [...checkStandIn(part), ...checkLanguageTags(part)]),
    ...inFiles(catalogue.all(), files, checkInstrument),
  ]
}

export function warnAboutInstruments({ catalogue, files, parts, pieces }: ReadInstruments): Problem[] {
  const used = new Set([...pieces.values()].flatMap((names) => [...names]))
  return [
    ...inFiles(parts.catalogue.all(), parts.files, (part) => warnAboutPart(part, used)),
    ...inFiles(catalogue.all(), files, (instrument) => [
      ...warnAboutScales(instrument),
      ...warnAboutUses(instrument, pieces.get(files.get(formatReference(instrument)) ?? '') ?? new Set()),
      ...warnAboutTranslations(instrument),
    ]),
  ]
}

function checkInstrument(instrument: Instrument): Mistake[] {
  const elements = checkElements(instrument)
  return [
    ...checkStandIn(instrument),
    ...checkLanguageTags(instrument),
    ...elements,
    ...checkScales(instrument),
    // What is told above in our own words, SurveyJS would only tell again.
    ...(elements.length === 0 ? checkSurvey(instrument) : []),
  ]
}

/** The version alone must show a stand-in, because that is what scores and exports carry on. */
function checkStandIn(definition: Instrument | Part): Mistake[] {
  const { wording, version } = definition
  if ((wording.status === 'stand-in') === isStandIn(definition)) return []
  return [
    {
      path: '/version',
      reason: isStandIn(definition)
        ? `${version} is marked as a stand-in, but the wording is ${wording.status}: take the part from the hyphen off`
        : `the wording is a stand-in, so the version needs a mark such as ${version}-standin`,
    },
  ]
}

/** What SurveyJS itself has against the survey; other tools must be able to open it. */
function checkSurvey({ survey }: Instrument): Mistake[] {
  try {
    const errors = new Model(survey).jsonErrors ?? []
    return errors.map(({ message }) => ({ path: '/survey', reason: `SurveyJS says: ${message}` }))
  } catch (error) {
    // An item called "constructor", for one.
    return [{ path: '/survey', reason: `SurveyJS cannot open it: ${(error as Error).message}` }]
  }
}

function warnAboutPart(part: Part, used: Set<string>): Mistake[] {
  const names = Object.keys(part.define)
  const unused = names.filter((name) => !used.has(`${formatReference(part)}/${name}`))
  if (unused.length === names.length) return [{ path: '', reason: 'no instrument uses this part' }]
  return unused.map((name) => ({ path: pointer(['define', name]), reason: 'no instrument uses this piece' }))
}

const warnAboutUses = ({ uses }: Instrument, pieces: Set<string>): Mistake[] =>
  uses.flatMap((reference, index) =>
    [...pieces].some((piece) => piece.startsWith(`${reference}/`))
      ? []
      : [{ path: `/uses/${index}`, reason: `nothing of ${reference} is used` }],
  )
