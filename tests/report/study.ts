/** A study with invented families whose report is made: whoever answers does so at random, by a seed, and not everybody does. */
import { join } from 'node:path'
import { randomOf } from '../../server/demo/random.ts'
import { simulateAnswers } from '../../server/demo/simulate-answers.ts'
import type { ReportManifest } from '../../server/report/report-manifest.ts'
import { recordConsent } from '../../server/workflow/record-consent.ts'
import { nameting, type Ran } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { person } from '../harness/simulated-study.ts'
import { openTestStudy, type TestStudy } from '../harness/test-study.ts'

export interface ReportStudy extends TestStudy {
  folder: string
  /** A command that writes into `name`, a folder of its own. */
  write(command: 'export' | 'report', name: string, ...options: string[]): Promise<Ran & { directory: string; manifest: ReportManifest }>
}

/** Which lists are filled in when, by whom. */
const lists = {
  T0: [
    ['frek', 'coordinator'],
    ['cvc', 'referrer'],
    ['zap-kort', 'file-researcher'],
    ['nosik', 'parent'],
    ['nosi-b', 'parent'],
    ['veo', 'parent'],
    ['pul', 'parent'],
  ],
  FU3: [
    ['zap-kort', 'file-researcher'],
    ['veo', 'parent'],
    ['pul', 'parent'],
    ['succint-referrer', 'referrer'],
  ],
  FU9: [
    ['zap-kort', 'file-researcher'],
    ['veo', 'parent'],
    ['succint-referrer', 'referrer'],
  ],
} as const
const days = { T0: '2026-03-03', FU3: '2026-06-03', FU9: '2026-12-03' }

export const codeOf = (index: number): string => `R${String(index).padStart(2, '0')}`

/** Every third family has no conference, every fourth two parents. */
export async function openReportStudy(t: { after(fn: () => unknown): void }, families: number): Promise<ReportStudy> {
  const folder = temporaryFolder(t)
  const study = await openTestStudy({ folder: join(folder, 'data'), entry: { protocol: 'familie-aan-zet@0.5.0-standin' } })
  t.after(study.close)
  const all = Array.from({ length: families }, (_, index) => index)
  await study.register(
    ...all.map((index) => {
      const [code, held] = [codeOf(index), index % 3 !== 2]
      const roles = ['parent', ...(index % 4 === 0 ? ['parent'] : []), 'referrer', 'coordinator', 'file-researcher']
      return {
        code,
        arm: held ? 'conference' : 'non-conference',
        cohort: 'prospective',
        region: 'Verzinstad',
        anchors: { referral: '2026-03-02', [held ? 'conference' : 'decision']: '2026-03-02' },
        participants: roles.map((role, place) => person(code, role, place === 1 && role === 'parent' ? 2 : 1)),
      }
    }),
  )
  for (const index of all)
    for (const who of [{ role: 'referrer' }, { role: 'parent', number: 1 }, ...(index % 4 === 0 ? [{ role: 'parent', number: 2 }] : [])])
      await recordConsent(study.context, { study: 's1', code: codeOf(index) }, who, { purpose: 'research', given: true })
  for (const wave of ['T0', 'FU3', 'FU9'] as const) {
    study.clock.set(`${days[wave]}T09:00:00Z`)
    for (const index of all)
      for (const [instrument, role] of lists[wave])
        for (const place of role === 'parent' && index % 4 === 0 ? [0, 1] : [0])
          await answer(study, { index, wave, instrument, role, place })
  }
  return {
    ...study,
    folder,
    async write(command, name, ...options) {
      const directory = join(folder, name)
      const ran = await nameting(study.environment, command, '--study', 's1', '--out', directory, '--json', ...options)
      return { ...ran, directory, manifest: ran.code === 0 ? (JSON.parse(ran.stdout) as ReportManifest) : ({} as ReportManifest) }
    },
  }
}

interface Sitting {
  index: number
  wave: 'T0' | 'FU3' | 'FU9'
  instrument: string
  role: string
  place: number
}

/** Three of four answer. */
async function answer({ context, submit }: TestStudy, { index, wave, instrument, role, place }: Sitting): Promise<void> {
  const random = randomOf('report', index, wave, instrument, place)
  if (random() < 0.25) return
  const definition = context.definitions.instruments.need(`${instrument}@0.1.0-standin`)
  const leaveOpen = instrument === 'zap-kort' ? 0 : 0.05
  const { answers } = simulateAnswers(definition, random, { aims: {}, leaveOpen, today: days[wave] })
  // A file that says too little about one care point has no score, and by chance all of them would.
  const known = Object.entries(answers).map(([name, value]) => [
    name,
    name.startsWith('zap_') && random() < 0.99 ? Number(random() < 0.3) : value,
  ])
  await submit({ code: codeOf(index), instrument, wave, role, person: place }, Object.fromEntries(known))
}
