/** A study with the test's own definitions, to be exported. */
import { join } from 'node:path'
import type { CaseEntry, ParticipantEntry } from '../../server/workflow/check-case.ts'
import { nameting, type Ran } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { openTestStudy, type TestStudy } from '../harness/test-study.ts'
import { writeOwnDefinitions } from './own-definitions.ts'

export const study = 'visits'

export interface ExportStudy extends Pick<TestStudy, 'context' | 'register' | 'submit'> {
  /** Holds the folders `data` and `definitions`. */
  folder: string
  dataFolder: string
  environment: Record<string, string>
  /** `nameting export` into `name`, a folder of its own. */
  export(name: string, ...options: string[]): Promise<Ran & { directory: string }>
}

/** Everybody answers at nine on 2 March 2026. */
export async function startExportStudy(test: { after(fn: () => unknown): void }): Promise<ExportStudy> {
  const folder = temporaryFolder(test)
  const dataFolder = join(folder, 'data')
  const definitions = writeOwnDefinitions(join(folder, 'definitions'))
  const { context, register, submit, close } = await openTestStudy({
    folder: dataFolder,
    definitions,
    entry: { id: study, protocol: 'visits@1.0.0', title: 'Visits, "so to speak"' },
  })
  test.after(close)
  // Only what an export needs: no key, so that it could not even read contact data.
  const environment = { DATA_DIR: dataFolder, DEFINITIONS_DIR: definitions }
  return {
    context,
    folder,
    dataFolder,
    environment,
    register,
    submit,
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
