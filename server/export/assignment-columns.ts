/** The columns that say whose answers a row holds, and what became of the assignment. */
import type { Localized } from '../../instruments/definition.ts'
import { leavingReasons } from '../../protocols/leaving.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { AssignmentState } from '../db/study-schema/assignments.ts'
import type { EntryMeans } from '../db/study-schema/entries.ts'
import type { ExportAssignment, ExportCase } from '../queries/export-rows.ts'
import type { ParticipantState } from '../queries/participants.ts'
import type { Study } from '../queries/studies.ts'
import { type Column, column, type Value } from './column.ts'
import { type ContextName, matchName } from './column-names.ts'

export interface AssignmentRow {
  case: ExportCase
  assignment: ExportAssignment
}

/** A column of the case in a table of which a row has more. */
export const ofCase = (column: Column<ExportCase>): Column<AssignmentRow> => ({ ...column, cell: (row) => column.cell(row.case) })
/** The same of the assignment. */
export const ofAssignment = (column: Column<ExportAssignment>): Column<AssignmentRow> => ({
  ...column,
  cell: (row) => column.cell(row.assignment),
})

type Named<Source> = Column<Source> & { name: ContextName }

/** What holds for a whole case. */
export function caseColumns(study: Study, protocol: Protocol): Named<ExportCase>[] {
  return [
    named('study', { nl: 'Studie', en: 'Study' }, 'text', () => study.id),
    named('case_code', { nl: 'Code van de casus', en: 'Case code' }, 'text', ({ code }) => code),
    named('arm', { nl: 'Arm', en: 'Arm' }, 'code', ({ arm }) => arm, titled(protocol.arms)),
    named('cohort', { nl: 'Cohort', en: 'Cohort' }, 'code', ({ cohort }) => cohort, titled(protocol.cohorts)),
    named('region', { nl: 'Regio', en: 'Region' }, 'text', ({ region }) => region),
    named(
      'child_birth_month',
      { nl: 'Geboortemaand van het indexkind (JJJJ-MM)', en: 'Month in which the index child was born (YYYY-MM)' },
      'text',
      ({ children }) => children[0] ?? null,
    ),
    named(
      'number_of_children',
      { nl: 'Aantal kinderen', en: 'Number of children' },
      'integer',
      // None recorded is not none there.
      ({ children }) => children.length || null,
    ),
  ]
}

/** With which case a case is compared, and which criteria for that are met: in a study that matches cases. */
export function comparisonColumns({ matching }: Protocol): Column<ExportCase>[] {
  if (!matching) return []
  return [
    named('index_case', { nl: 'Code van de indexcasus', en: 'Code of the index case' }, 'text', ({ indexCase }) => indexCase),
    ...Object.entries(matching.criteria).map(([criterion, { title }]) =>
      column<ExportCase>({
        name: matchName(criterion),
        label: { nl: `Overeenkomst met de indexcasus: ${title.nl}`, en: `Match with the index case: ${title.en}` },
        type: 'integer',
        cell: ({ matches }) => matches.get(criterion) ?? null,
        values: met,
      }),
    ),
  ]
}

const met: Value[] = [
  { value: 0, label: { nl: 'niet voldaan', en: 'not met' } },
  { value: 1, label: { nl: 'voldaan', en: 'met' } },
]

/** What holds for one assignment. Moments are UTC. */
export function assignmentColumns(protocol: Protocol): Named<ExportAssignment>[] {
  return [
    named(
      'wave',
      { nl: 'Meetmoment', en: 'Wave' },
      'code',
      ({ wave }) => wave,
      protocol.waves.map(({ id, title }) => ({ value: id, label: title })),
    ),
    named('target_date', { nl: 'Dag waarop het meetmoment valt', en: 'Day on which the wave falls' }, 'date', ({ target }) => target),
    named('role', { nl: 'Rol', en: 'Role' }, 'code', ({ participant }) => participant.role, titled(protocol.roles)),
    named(
      'participant',
      { nl: 'Pseudoniem van de deelnemer', en: 'Pseudonym of the participant' },
      'text',
      ({ participant }) => participant.id,
    ),
    named(
      'participant_number',
      { nl: 'Volgnummer van de deelnemer binnen rol en casus', en: 'Number of the participant within role and case' },
      'integer',
      ({ participant }) => participant.number,
    ),
    named(
      'about_role',
      { nl: 'Rol van degene over wie het gaat', en: 'Role of the participant whom it is about' },
      'code',
      ({ about }) => about?.role ?? null,
      titled(protocol.roles),
    ),
    named(
      'about_participant',
      { nl: 'Pseudoniem van degene over wie het gaat', en: 'Pseudonym of the participant whom it is about' },
      'text',
      ({ about }) => about?.id ?? null,
    ),
    named(
      'about_number',
      { nl: 'Volgnummer van degene over wie het gaat, binnen rol en casus', en: 'Number of that participant within role and case' },
      'integer',
      ({ about }) => about?.number ?? null,
    ),
    named('sex', { nl: 'Geslacht van de deelnemer', en: 'Sex of the participant' }, 'text', ({ participant }) => participant.sex),
    named(
      'participant_state',
      { nl: 'Stand van de deelname', en: 'State of the participation' },
      'code',
      ({ participant }) => participant.state,
      values(participantStateLabels),
    ),
    named('instrument', { nl: 'Instrument', en: 'Instrument' }, 'text', ({ instrumentId }) => instrumentId),
    named(
      'instrument_version',
      { nl: 'Versie van het instrument', en: 'Version of the instrument' },
      'text',
      (row) => row.instrumentVersion,
    ),
    named('state', { nl: 'Stand van de opdracht', en: 'State of the assignment' }, 'code', stateOf, values(stateLabels)),
    named(
      'submitted_at',
      { nl: 'Ingestuurd op (UTC)', en: 'Submitted at (UTC)' },
      'moment',
      ({ response }) => response?.submittedAt ?? null,
    ),
    named(
      'response_language',
      { nl: 'Taal waarin is geantwoord', en: 'Language of the answers' },
      'text',
      ({ response }) => response?.language ?? null,
    ),
    named(
      'response_translation',
      {
        nl: 'Vertaling die is getoond, naar haar controlegetal; leeg als de lijst zelf deze taal heeft',
        en: 'Translation that was shown, by its checksum; empty when the list itself has this language',
      },
      'text',
      ({ response }) => response?.translation ?? null,
    ),
  ]
}

const meansLabels: Record<EntryMeans, Localized> = {
  paper: { nl: 'op papier', en: 'on paper' },
  telephone: { nl: 'over de telefoon', en: 'over the telephone' },
  interview: { nl: 'in een gesprek', en: 'in an interview' },
  file: { nl: 'uit het dossier', en: 'from the case file' },
}

/** When the assignment could be answered, and when it was: for the table of all assignments. */
export const timingColumns: Named<ExportAssignment>[] = [
  named('opens_at', { nl: 'Open vanaf (UTC)', en: 'Open from (UTC)' }, 'moment', ({ opensAt }) => opensAt),
  named('closes_at', { nl: 'Open tot (UTC)', en: 'Open until (UTC)' }, 'moment', ({ closesAt }) => closesAt),
  named('started_at', { nl: 'Begonnen op (UTC)', en: 'Started at (UTC)' }, 'moment', ({ startedAt }) => startedAt),
  named('ended_at', { nl: 'Geëindigd op (UTC)', en: 'Ended at (UTC)' }, 'moment', ({ endedAt }) => endedAt),
  named(
    'interview_minutes',
    { nl: 'Minuten volgens de klok van wie de vragen stelde', en: 'Minutes by the timer of whoever asked the questions' },
    'decimal',
    ({ response }) => minutes(response?.duration ?? null),
  ),
  named(
    'entered_by',
    {
      nl: 'Account van wie het invoerde; leeg als het via de link kwam',
      en: 'Account of whoever typed it in; empty when it came by the link',
    },
    'text',
    ({ response }) => response?.enteredBy ?? null,
  ),
  named(
    'entered_means',
    { nl: 'Hoe de ingevoerde antwoorden kwamen', en: 'How the answers that were typed in came' },
    'code',
    ({ response }) => response?.means ?? null,
    values(meansLabels),
  ),
  named(
    'answered_on',
    { nl: 'Dag waarop is geantwoord, van wat is ingevoerd', en: 'Day on which it was answered, of what was typed in' },
    'date',
    ({ response }) => response?.answeredOn ?? null,
  ),
  named(
    'entry_minutes',
    {
      nl: 'Minuten die het invoeren duurde; van wat twee keer is ingevoerd beide samen',
      en: 'Minutes that typing it in took; of what was typed in twice both together',
    },
    'decimal',
    ({ response }) => minutes(response?.entryDuration ?? null),
  ),
]

/** Of seconds, to two decimals. */
const minutes = (seconds: number | null): number | null => (seconds === null ? null : Math.round((seconds / 60) * 100) / 100)

/** Why there is no response, as far as staff recorded it: for the same table. */
export function reasonColumns({ nonResponse }: Protocol): Named<ExportAssignment>[] {
  const of = (kind: 'assignment' | 'participant'): Value[] =>
    titled(Object.fromEntries(Object.entries(nonResponse).filter(([, reason]) => reason.of === kind)))
  return [
    named(
      'reason_called_off',
      { nl: 'Reden waarom de opdracht is afgezegd', en: 'Reason for which the assignment was called off' },
      'code',
      ({ reason }) => reason,
      of('assignment'),
    ),
    named(
      'reason_stopped',
      { nl: 'Reden waarom de deelnemer niet meedoet of is gestopt', en: 'Reason for which the participant declined or withdrew' },
      'code',
      ({ participant }) => participant.stateReason,
      [...of('participant'), ...titled(leavingReasons)],
    ),
  ]
}

const participantStateLabels: Record<ParticipantState, Localized> = {
  active: { nl: 'doet mee', en: 'takes part' },
  declined: { nl: 'doet niet mee', en: 'declined' },
  withdrawn: { nl: 'gestopt', en: 'withdrew' },
  'handed over': { nl: 'heeft de casus overgedragen', en: 'handed the case over' },
}

/** A list that was submitted and has no response any more was erased. */
const stateOf = ({ state, response }: ExportAssignment): AssignmentState | 'erased' =>
  state === 'completed' && !response ? 'erased' : state

const stateLabels: Record<AssignmentState | 'erased', Localized> = {
  scheduled: { nl: 'gepland, nog niet open', en: 'scheduled, not open yet' },
  open: { nl: 'open, niet begonnen', en: 'open, not begun' },
  'in progress': { nl: 'begonnen, niet ingestuurd', en: 'begun, not submitted' },
  completed: { nl: 'ingestuurd', en: 'submitted' },
  erased: { nl: 'ingestuurd, en later gewist op verzoek', en: 'submitted, and later erased on request' },
  expired: { nl: 'verlopen zonder antwoord', en: 'closed without a response' },
  cancelled: { nl: 'vervallen', en: 'called off' },
}

function values(labels: Record<string, Localized>): Value[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label }))
}

const titled = (things: Record<string, { title: Localized }>): Value[] =>
  Object.entries(things).map(([value, { title }]) => ({ value, label: title }))

function named<Source>(
  name: ContextName,
  label: Localized,
  type: Column<Source>['type'],
  cell: Column<Source>['cell'],
  values: Value[] = [],
): Named<Source> {
  return { ...column({ name, label, type, cell, values }), name }
}
