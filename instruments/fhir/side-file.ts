/** A small file beside the original, for what neither FHIR nor SurveyJS says: scales, wording, minutes, respondents. */
import { describeIssue } from '../issue.ts'
import { safeParse } from '../safe-parse.ts'
import { instrumentSchema } from '../schema.ts'
import { type Imported, ImportFaults, pathOf } from './report.ts'

const sideSchema = instrumentSchema.omit({ $schema: true, kind: true, uses: true, survey: true }).partial().strict()

/** `side` laid over what was imported; what was guessed there is guessed no more. Throws ImportFaults for a wrong side file. */
export function applySide(imported: Imported, side: unknown): Imported {
  const parsed = safeParse(sideSchema, side)
  if (!parsed.success)
    throw new ImportFaults(parsed.error.issues.map((issue) => ({ path: pathOf(issue.path), reason: describeIssue(issue) })))
  return {
    ...imported,
    instrument: { ...imported.instrument, ...parsed.data },
    notes: imported.notes.filter(({ kind, path }) => kind !== 'guess' || !Object.hasOwn(parsed.data, path)),
  }
}
