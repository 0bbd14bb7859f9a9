/**
 * `.fhir.json`: a FHIR R4 Bundle of the type `collection` per instrument: first the Questionnaire of each version, then every response
 * to it. Written response by response.
 */
import { exportQuestionnaire } from '../../../instruments/fhir/export.ts'
import type { ExportCase } from '../../queries/export-rows.ts'
import type { OutputFile } from '../folder.ts'
import type { ExportPlan, PlannedInstrument } from '../plan.ts'
import { isOf } from '../plan.ts'
import type { Sharing } from '../shared/sharing.ts'
import { type Asked, questionnaireResponse } from './questionnaire-response.ts'

export interface BundleWriter {
  /** Returns how many responses were written. */
  write(cases: ExportCase[]): Promise<number>
  finish(): Promise<void>
}

export const bundleName = ({ name }: PlannedInstrument): string => `responses_${name}.fhir.json`

/** `shared`: where the data are shared. */
export async function openBundle(
  file: OutputFile,
  { inOrder }: ExportPlan,
  planned: PlannedInstrument,
  shared?: Sharing,
): Promise<BundleWriter> {
  const versions = new Map(
    planned.versions.map((instrument): [string, Asked] => [
      instrument.version,
      { instrument, questionnaire: exportQuestionnaire(instrument).questionnaire },
    ]),
  )
  const questionnaires = [...versions.values()].map(({ instrument, questionnaire }) =>
    entry(`${questionnaire.url}:${instrument.version}`, questionnaire),
  )
  await file.write(`{"resourceType":"Bundle","type":"collection","entry":[\n${questionnaires.join(',\n')}`)
  return {
    async write(cases) {
      const responses = cases.flatMap((whole) =>
        whole.assignments
          .filter((assignment) => isOf(planned, assignment))
          .sort(inOrder)
          .flatMap((assignment) => {
            const asked = versions.get(assignment.instrumentVersion)
            const { response } = assignment
            if (!response || !asked) return []
            return entry(`urn:nameting:response:${response.id}`, questionnaireResponse(whole, assignment, response, asked, shared))
          }),
      )
      if (responses.length > 0) await file.write(`,\n${responses.join(',\n')}`)
      return responses.length
    },
    finish: () => file.write('\n]}\n'),
  }
}

const entry = (fullUrl: string, resource: unknown): string => JSON.stringify({ fullUrl, resource })
