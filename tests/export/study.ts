/** A study with the test's own definitions, and answers given through the workflow that takes them from people. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Answers } from '../../instruments/schema.ts'
import type { Context } from '../../server/context.ts'
import { closeContext, openContext } from '../../server/open-context.ts'
import { assignmentsOfCase } from '../../server/queries/assignments.ts'
import { findCaseByCode } from '../../server/queries/cases.ts'
import { findParticipant, participantsOfCase } from '../../server/queries/participants.ts'
import type { CaseEntry, ParticipantEntry } from '../../server/workflow/check-case.ts'
import { openStudy } from '../../server/workflow/open-study.ts'
import { registerCases } from '../../server/workflow/register-cases.ts'
import { submitResponse } from '../../server/workflow/submit-response.ts'
import { nameting, type Ran } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { writeOwnDefinitions } from './own-definitions.ts'

export const study = 'visits'

export interface ExportStudy {
  context: Context
  folder: string
  dataFolder: string
  /** Environment for commands. */
  environment: Record<string, string>
  register(...entries: CaseEntry[]): Promise<void>
  /** Submits a list of the `number`th person of a role. `skipped`: all that is not answered. */
  submit(where: Submitting, answers: Answers): Promise<void>
  /** `nameting export` into `name`, a folder of its own. */
  export(name: string, ...options: string[]): Promise<Ran & { directory: string }>
}

export interface Submitting {
  code: string
  instrument: string
  wave?: string
  role?: string
  /** 0 for the first. */
  person?: number
}

/** The moment at which everybody answers. */
const now = '2026-03-02T09:00:00.000Z'

export async function startExportStudy(test: { after(fn: () => unknown): void }): Promise<ExportStudy> {
  const folder = temporaryFolder(test)
  const dataFolder = join(folder, 'data')
  const definitions = writeOwnDefinitions(join(folder, 'definitions'))
  const context = openContext(
    { DATA_DIR: dataFolder, DEFINITIONS_DIR: definitions, BASE_URL: 'http://localhost', IDENTITY_KEY: randomBytes(32) },
    { now: () => now },
  )
  test.after(() => closeContext(context))
  const opened = await openStudy(context, {
    id: study,
    protocol: 'visits@1.0.0',
    title: 'Visits, "so to speak"',
    organisation: 'Onderzoeksgroep Voorbeeld',
    contact: 'onderzoek@voorbeeld.example',
    demonstration: false,
    standInsAcceptedBy: 'Test',
  })
  // Only what an export needs: no key, so that it could not even read contact data.
  const environment = { DATA_DIR: dataFolder, DEFINITIONS_DIR: definitions }
  return {
    context,
    folder,
    dataFolder,
    environment,
    async register(...entries) {
      const { problems } = await registerCases(context, opened, entries)
      if (problems.length > 0) throw new Error(JSON.stringify(problems))
    },
    submit: (where, answers) => submit(context, where, answers),
    async export(name, ...options) {
      const directory = join(folder, name)
      return { ...(await nameting(environment, 'export', '--study', study, '--out', directory, ...options)), directory }
    },
  }
}

/** A case whose visit was on 1 March 2026. */
export const entry = (code: string, participants: ParticipantEntry[] = [parent('Uitvinding')]): CaseEntry => ({
  code,
  arm: 'all',
  cohort: 'now',
  region: 'Verzinstad',
  anchors: { visit: '2026-03-01' },
  participants,
})

export const parent = (name: string): ParticipantEntry => ({
  role: 'parent',
  name,
  email: `${name.toLowerCase()}@example.org`,
  language: 'nl',
})
export const referrer = (name: string): ParticipantEntry => ({ ...parent(name), role: 'referrer' })

async function submit(
  context: Context,
  { code, instrument, wave = 'T0', role = 'parent', person = 0 }: Submitting,
  answers: Answers,
): Promise<void> {
  const { read } = context.stores.study
  const found = await findCaseByCode(read, study, code)
  const caseId = found?.id ?? ''
  const ofRole = (await participantsOfCase(read, caseId)).filter((participant) => participant.role === role)
  const participant = await findParticipant(read, ofRole[person]?.id ?? '')
  const assignment = (await assignmentsOfCase(read, caseId)).find(
    (row) => row.participantId === participant?.id && row.wave === wave && row.instrumentId === instrument,
  )
  if (!participant || !assignment) throw new Error(`${code} has no ${instrument} at ${wave}`)
  const definition = context.definitions.instruments.need(`${instrument}@${assignment.instrumentVersion}`)
  const skipped = definition.survey.pages.flatMap(({ elements }) => elements.map(({ name }) => name)).filter((name) => !(name in answers))
  await submitResponse(context, participant, assignment.id, { answers, skipped, language: 'nl' })
}
