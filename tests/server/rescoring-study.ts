/** A study with lists and norms of its own. */
import { join } from 'node:path'
import type { Answers } from '../../instruments/schema.ts'
import type { CaseEntry } from '../../server/workflow/check-case.ts'
import { nameting, type Ran } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { asRelease, writeDefinition } from '../harness/definition-folder.ts'
import { openTestStudy, type TestStudy } from '../harness/test-study.ts'

export const both = (text: string) => ({ nl: text, en: text })

/** Everybody answers on this day. */
export const now = '2026-03-02T09:00:00.000Z'

export interface Stratum {
  id: string
  when?: Record<string, string | { from: number; to: number }>
  mean: number
  sd: number
  n: number | null
}

export const normTable = (instrument: string, scale: string, version: string, strata: Stratum[]) => ({
  kind: 'norm-table' as const,
  id: `${instrument}-${scale.replaceAll('_', '-')}-test`,
  version,
  title: both('Invented norm for a test'),
  instrument,
  instrumentVersions: '>=1.0.0 <2.0.0',
  scale,
  population: both('Invented'),
  year: 2020,
  status: version.includes('-') ? ('stand-in' as const) : ('published' as const),
  source: 'Invented for a test',
  bands: 'bands-familie-aan-zet-2008@1.0.0',
  strata,
})

export const everybody = (mean: number, sd: number): Stratum[] => [{ id: 'everybody', mean, sd, n: null }]

const protocol = {
  kind: 'protocol',
  id: 'own',
  version: '1.0.0',
  title: both('Own'),
  source: 'Written for a test',
  timeZone: 'Europe/Amsterdam',
  languages: ['nl', 'en'],
  arms: { all: { title: both('Everybody') } },
  cohorts: { now: { title: both('Now') } },
  roles: { parent: { title: both('Parent'), introduction: both('Hello') } },
  anchors: { referral: { title: both('Referral') } },
  waves: [{ id: 'T0', title: both('Start'), anchors: ['referral'], offset: {}, window: { opens: 0, closes: 30 } }],
  schedule: [
    { instrument: 'veo@1.0.0', role: 'parent', waves: ['T0'] },
    { instrument: 'pul@1.0.0', role: 'parent', waves: ['T0'] },
  ],
  norms: ['veo-total-test@1.0.0'],
  consents: [],
  messages: { hour: '09:00', invitation: { subject: both('Questions'), body: both('{link}') }, reminders: [] },
}

export interface RescoringStudy extends Pick<TestStudy, 'clock' | 'context' | 'study' | 'environment' | 'register' | 'rows'> {
  definitions: string
  dataFolder: string
  /** Submits a list; what has no answer is left open. */
  submit(code: string, instrument: string, answers: Answers): Promise<void>
  rescore(...options: string[]): Promise<Ran>
}

export async function startRescoringStudy(test: { after(fn: () => unknown): void }): Promise<RescoringStudy> {
  const folder = temporaryFolder(test)
  const [definitions, dataFolder] = [join(folder, 'definitions'), join(folder, 'data')]
  for (const id of ['veo', 'pul']) writeDefinition(definitions, 'instruments', asRelease(id))
  writeDefinition(definitions, 'norms', normTable('veo', 'total', '1.0.0', everybody(46, 7)))
  writeDefinition(definitions, 'protocols', protocol)
  const { submit, close, ...study } = await openTestStudy({
    folder: dataFolder,
    definitions,
    now,
    entry: { protocol: 'own@1.0.0', standInsAcceptedBy: null },
  })
  test.after(close)
  return {
    ...study,
    definitions,
    dataFolder,
    submit: (code, instrument, answers) => submit({ code, instrument }, answers),
    rescore: (...options) => nameting(study.environment, 'rescore', '--study', 's1', ...options),
  }
}

export const entry = (code: string, { sex, childBirthMonth }: { sex?: string; childBirthMonth?: string } = {}): CaseEntry => ({
  code,
  arm: 'all',
  cohort: 'now',
  childBirthMonth,
  anchors: { referral: '2026-03-01' },
  participants: [{ role: 'parent', name: `Voorbeeld ${code}`, email: `${code.toLowerCase()}@voorbeeld.example`, language: 'nl', sex }],
})
