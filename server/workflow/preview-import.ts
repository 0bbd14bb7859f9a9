/** What an import would do, before it does it. Nothing is written. */
import { setImmediate as turn } from 'node:timers/promises'
import { planOver } from '../../protocols/versions.ts'
import type { Reach } from '../access/roles.ts'
import type { Context } from '../context.ts'
import { periodsOfStudy, protocolOf } from '../definitions/protocol-of-study.ts'
import type { Study } from '../queries/studies.ts'
import { type Asking, alikeFamilies } from './alike-families.ts'
import type { CaseEntry } from './check-case.ts'
import { needStudy } from './open-study.ts'
import { type LineProblem, onLine, readCasesCsv } from './read-cases-csv.ts'
import { outOfReach } from './register-at-desk.ts'
import { registrationProblems } from './register-cases.ts'

/** After so many cases others get a turn. */
const stride = 20
/** So many cases and problems at most are shown; how many there are is told. */
const shown = { cases: 20, problems: 200, alike: 50 }

export interface CheckedImport {
  study: Study
  entries: CaseEntry[]
  /** Line of each participant, by case and participant. */
  lines: number[][]
  problems: LineProblem[]
}

/** Reads and checks a file of cases: what would go wrong, line by line. */
export async function checkImport(context: Context, studyId: string, within: Reach, csv: string): Promise<CheckedImport> {
  const { study, protocol } = await needStudy(context, studyId)
  const { entries, lines, problems } = readCasesCsv(protocol, csv)
  const own = [
    ...(await registrationProblems(context, study, protocol, entries)),
    ...entries.flatMap((entry, index) => outOfReach(within, entry).map((problem) => ({ ...problem, case: index }))),
  ]
  const all = [...problems, ...own.map((problem) => onLine(lines, problem))]
  return { study, entries, lines, problems: all.toSorted((a, b) => a.line - b.line) }
}

/** `registering`: where cases may be registered. */
export async function previewImport(context: Context, asking: Asking, registering: Reach, csv: string) {
  const { study, entries, lines, problems } = await checkImport(context, asking.studyId, registering, csv)
  const alike = problems.length === 0 ? await alikeIn(context, entries, lines, asking) : []
  return {
    cases: entries.length,
    participants: entries.reduce((sum, { participants }) => sum + participants.length, 0),
    problems: problems.slice(0, shown.problems),
    problemCount: problems.length,
    /** The first of them, as they would be registered; without names. */
    rows: entries.slice(0, shown.cases).map(({ code, arm, cohort, region, anchors, participants }) => ({
      code,
      arm,
      cohort,
      region: region ?? null,
      anchors: Object.entries(anchors).map(([name, date]) => ({ name, date })),
      roles: participants.map(({ role }) => role),
    })),
    /** Lists that would be planned, wave by wave; null while something is wrong. */
    planned: problems.length === 0 ? await planned(context, study, entries) : null,
    /** Families that seem to be registered already or to stand in the file before, the first of them; and of how many that can be said. */
    alike: alike.slice(0, shown.alike),
    alikeCount: alike.length,
  }
}

/** What stands there already, or before it in the file, of each family of the file. */
async function alikeIn(context: Context, entries: readonly CaseEntry[], lines: number[][], asking: Asking) {
  const found = await alikeFamilies(context, entries, asking)
  const placeOf = (index: number) => ({ code: entries[index]?.code ?? '', line: lines[index]?.[0] ?? null })
  return found.flatMap(({ cases, earlier }, index) =>
    cases.length + earlier.length === 0
      ? []
      : [{ ...placeOf(index), cases, inFile: earlier.map(({ index: before, by }) => ({ ...placeOf(before), by })) }],
  )
}

/** Lists by wave, those whose window is over by now, and cases whose arm is still to be drawn, of which nobody can say. */
async function planned(context: Context, study: Study, entries: readonly CaseEntry[]) {
  const now = context.clock.now()
  const periods = periodsOfStudy(context.definitions, study)
  const waves = new Map(protocolOf(context.definitions, study, now).waves.map(({ id }) => [id, { wave: id, lists: 0, over: 0, cases: 0 }]))
  const drawn = entries.filter(({ arm }) => arm !== '')
  for (const [index, { arm, cohort, anchors, participants }] of drawn.entries()) {
    // Others are served in between.
    if (index % stride === 0) await turn()
    const people = participants.map(({ role }, index) => ({ id: String(index), role }))
    const plan = planOver(periods, { arm, cohort, registeredAt: now, anchors, participants: people, completed: [] })
    for (const wave of waves.values()) {
      const own = plan.assignments.filter((one) => one.wave === wave.wave)
      wave.lists += own.length
      wave.over += own.filter(({ closesAt }) => closesAt <= now).length
      wave.cases += Number(own.length > 0)
    }
  }
  return { waves: [...waves.values()], byLot: entries.length - drawn.length }
}
