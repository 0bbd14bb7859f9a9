/** A response as a FHIR R4 QuestionnaireResponse. */

import { isStandIn } from '../../../instruments/definition.ts'
import type { Questionnaire } from '../../../instruments/fhir/questionnaire.ts'
import { responseItems } from '../../../instruments/fhir/response.ts'
import type { Instrument } from '../../../instruments/schema.ts'
import type { ExportAssignment, ExportCase, ExportResponse } from '../../queries/export-rows.ts'
import type { Sharing } from '../shared/sharing.ts'
import { withoutReplaced } from '../shared/without-replaced.ts'
import { standInWording } from '../stand-ins.ts'

/** An instrument with the Questionnaire that it becomes. */
export interface Asked {
  instrument: Instrument
  questionnaire: Questionnaire
}

/** By which a thing is known in the rest of the export. */
const known = (kind: string, value: string) => ({ identifier: { system: `urn:nameting:${kind}`, value } })

const fact = (name: string, value: string) => ({ url: `urn:nameting:${name}`, valueString: value })

/**
 * `subject` is whom it is about (a participant, or else the case), `source` whose answers these are, `author` the account of whoever
 * typed them in; all by the pseudonyms and codes of the export.
 */
export function questionnaireResponse(
  whole: ExportCase,
  { participant, about, wave, target }: ExportAssignment,
  response: ExportResponse,
  { instrument, questionnaire }: Asked,
  shared?: Sharing,
): Record<string, unknown> {
  // An age is no answer to a question for a date, and a band none to one for a number.
  const answers = shared ? withoutReplaced(response.answers, instrument, shared.isReplaced) : response.answers
  const items = responseItems(questionnaire.item, answers, response.skipped)
  return {
    resourceType: 'QuestionnaireResponse',
    id: response.id,
    ...(isStandIn(instrument) && { meta: { tag: [{ system: 'urn:nameting:wording', code: 'stand-in', display: standInWording }] } }),
    language: response.language,
    extension: [
      fact('study', whole.studyId),
      fact('case', whole.code),
      fact('arm', whole.arm),
      fact('cohort', whole.cohort),
      fact('wave', wave),
      // Data that are shared have no day of the wave.
      ...(target === '' ? [] : [fact('target-date', target)]),
      fact('role', participant.role),
      ...(shared ? [fact('small-cell', shared.isSmall(whole) ? 'yes' : 'no')] : []),
    ],
    ...known('response', response.id),
    questionnaire: `${questionnaire.url}|${instrument.version}`,
    status: 'completed',
    subject: about ? known('participant', about.id) : known('case', whole.code),
    authored: response.submittedAt,
    ...(response.enteredBy !== null && { author: known('account', response.enteredBy) }),
    source: known('participant', participant.id),
    ...(items.length > 0 && { item: items }),
  }
}
