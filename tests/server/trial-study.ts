/** A trial of a test's own: two arms by lot in one cohort, and a third that is chosen in another. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { armAt } from '../../protocols/allocation.ts'
import { allocationSchema } from '../../protocols/design-schema.ts'
import { drawsFrom } from '../../server/access/draws.ts'
import type { CaseEntry } from '../../server/workflow/check-case.ts'
import type { StudyEntry } from '../../server/workflow/check-study.ts'
import { nameting, type Ran } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { asRelease, writeDefinition } from '../harness/definition-folder.ts'
import { openTestStudy, type TestStudy } from '../harness/test-study.ts'

const both = (text: string) => ({ nl: text, en: text })

export const trialProtocol = {
  kind: 'protocol',
  id: 'trial',
  version: '1.0.0',
  title: both('Trial'),
  source: 'Written for a test',
  timeZone: 'Europe/Amsterdam',
  languages: ['nl', 'en'],
  arms: { conference: { title: both('Conference') }, usual: { title: both('As usual') }, chosen: { title: both('Chosen') } },
  cohorts: {
    trial: { title: both('By lot'), arms: ['conference', 'usual'] },
    beside: { title: both('Beside it'), arms: ['chosen'] },
  },
  roles: { parent: { title: both('Parent'), introduction: both('Hello') } },
  anchors: { referral: { title: both('Referral') } },
  waves: [{ id: 'T0', title: both('Start'), anchors: ['referral'], offset: {}, window: { opens: 0, closes: 30 } }],
  schedule: [
    { instrument: 'veo@1.0.0', role: 'parent', waves: ['T0'] },
    { instrument: 'pul@1.0.0', role: 'parent', waves: ['T0'], when: { arms: ['conference'] } },
  ],
  norms: [],
  consents: [],
  allocation: { ratio: { conference: 1, usual: 1 }, blocks: [1, 2, 3], strata: ['region'] },
  messages: { hour: '09:00', invitation: { subject: both('Questions'), body: both('{link}') }, reminders: [] },
}

/** A seed that the tests know. */
export const seed = Buffer.from('0123456789abcdef'.repeat(4), 'hex')

export interface Trial extends TestStudy {
  folder: string
  run(...args: string[]): Promise<Ran>
}

/** `protocol`: what is not as usual about it. */
export async function startTrial(
  test: { after(fn: () => unknown): void },
  protocol: object = {},
  entry: Partial<StudyEntry> = { allocationSeed: seed },
): Promise<Trial> {
  const folder = temporaryFolder(test)
  const [definitions, dataFolder] = [join(folder, 'definitions'), join(folder, 'data')]
  for (const id of ['veo', 'pul']) writeDefinition(definitions, 'instruments', asRelease(id))
  writeDefinition(definitions, 'protocols', { ...trialProtocol, ...protocol })
  const study = await openTestStudy({
    folder: dataFolder,
    definitions,
    entry: { protocol: 'trial@1.0.0', standInsAcceptedBy: null, ...entry },
  })
  test.after(study.close)
  return { ...study, folder, run: (...args) => nameting(study.environment, ...args) }
}

export const entryOf = (code: string, facts: Partial<CaseEntry> = {}): CaseEntry => ({
  code,
  arm: '',
  cohort: 'trial',
  region: 'Oost',
  anchors: { referral: '2026-03-01' },
  participants: [{ role: 'parent', name: `Voorbeeld ${code}`, email: `${code.toLowerCase()}@voorbeeld.example`, language: 'nl' }],
  ...facts,
})

/** The arms of a stratum, worked out from the seed of the tests. */
export const dueArms = (stratum: string, length: number, study = 's1'): string[] =>
  Array.from({ length }, (_, index) =>
    armAt(allocationSchema.parse(trialProtocol.allocation), index + 1, (block) => drawsFrom(seed, 'lots', study, stratum, block)),
  )

export const header = 'case_code,cohort,region,referral_date,role,name,email,language'
export const line = (code: string, region = 'Oost', cohort = 'trial') =>
  `${code},${cohort},${region},2026-03-01,parent,Voorbeeld ${code},${code.toLowerCase()}@voorbeeld.example,nl`

/** Imports the lines of a file into s1, by whatever runs the command. */
export function importing({ environment, folder }: Trial, command = nameting) {
  let files = 0
  return async (lines: string[], ...options: string[]) => {
    const path = join(folder, `cases-${++files}.csv`)
    writeFileSync(path, lines.join('\n'))
    return await command(environment, 'import', '--study', 's1', path, ...options)
  }
}
