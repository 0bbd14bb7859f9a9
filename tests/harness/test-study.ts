/** A study on a data folder, in this process: real databases, and the workflows that staff and participants use. Only its clock is the test's. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { itemsOf } from '../../instruments/items.ts'
import type { Answers } from '../../instruments/schema.ts'
import type { Clock } from '../../server/clock.ts'
import type { Context } from '../../server/context.ts'
import { dialect } from '../../server/db/dialect.ts'
import { openStores } from '../../server/db/open.ts'
import { makeFolders } from '../../server/make-folders.ts'
import { closeContext, openContext } from '../../server/open-context.ts'
import { assignmentsOfCase } from '../../server/queries/assignments.ts'
import { findCaseByCode } from '../../server/queries/cases.ts'
import { participantsOfCase } from '../../server/queries/participants.ts'
import type { Study } from '../../server/queries/studies.ts'
import type { CaseEntry } from '../../server/workflow/check-case.ts'
import type { StudyEntry } from '../../server/workflow/check-study.ts'
import { openStudy } from '../../server/workflow/open-study.ts'
import { registerCases } from '../../server/workflow/register-cases.ts'
import { submitResponse } from '../../server/workflow/submit-response.ts'

import { withDatabase } from './database.ts'

export class MovableClock implements Clock {
  #now = ''

  constructor(moment: string) {
    this.set(moment)
  }

  now(): string {
    return this.#now
  }

  /** Goes to a moment, given in UTC (`2026-03-02T09:00:00Z`). */
  set(moment: string): void {
    this.#now = Temporal.Instant.from(moment).toString({ fractionalSecondDigits: 3 })
  }
}

export interface TestStudyOptions {
  /** The data folder. */
  folder: string
  /** Its own definitions, laid over the shipped ones. */
  definitions?: string | undefined
  /** The moment at which its clock stands. */
  now?: string
  baseUrl?: string
  smtpUrl?: string
  /** What is not as usual about the study. */
  entry?: Partial<StudyEntry>
}

/** Which list, and of whom. */
export interface ListOf {
  code: string
  instrument: string
  wave?: string
  role?: string
  /** Of several in a role: 0 for the first. */
  person?: number
  /** Of a list about somebody: whom, as `parent 2`. */
  about?: string
  /** In which it is answered; Dutch unless given. */
  language?: string
}

export interface TestStudy {
  context: Context
  clock: MovableClock
  study: Study
  /** Settings for commands on the same data folder. */
  environment: Record<string, string>
  /** Registers cases and returns their ids, in the same order; throws when they are refused. */
  register(...entries: CaseEntry[]): Promise<string[]>
  /** Submits a list, through the workflow that takes it from people. What has no answer is left open. */
  submit(list: ListOf, answers: Answers): Promise<void>
  /** Rows of the study's database. */
  rows<Row>(sql: string): Row[]
  close(): Promise<void>
}

const mailFrom = 'onderzoek@voorbeeld.example'

const usualEntry: StudyEntry = {
  id: 's1',
  protocol: 'familie-aan-zet@0.1.0-standin',
  title: 'Onderzoek De familie aan zet',
  organisation: 'Onderzoeksgroep Voorbeeld',
  contact: mailFrom,
  demonstration: false,
  standInsAcceptedBy: 'Test',
}

/** Whoever opens it closes it. */
export async function openTestStudy({
  folder,
  definitions,
  now = '2026-03-02T09:00:00Z',
  baseUrl = 'https://meting.example',
  smtpUrl = 'smtp://127.0.0.1:9',
  entry,
}: TestStudyOptions): Promise<TestStudy> {
  await putEmptyDatabases(folder)
  const clock = new MovableClock(now)
  const key = randomBytes(32)
  const settings = await withDatabase({ DATA_DIR: folder, DEFINITIONS_DIR: definitions, BASE_URL: baseUrl, IDENTITY_KEY: key })
  const context = await openContext(settings, clock)
  const study = await openStudy(context, { ...usualEntry, ...entry })
  return {
    context,
    clock,
    study,
    environment: {
      DATA_DIR: folder,
      ...(settings.DATABASE_URL && { DATABASE_URL: settings.DATABASE_URL }),
      BASE_URL: baseUrl,
      IDENTITY_KEY: key.toString('hex'),
      SMTP_URL: smtpUrl,
      MAIL_FROM: mailFrom,
      ...(definitions && { DEFINITIONS_DIR: definitions }),
    },
    async register(...entries) {
      const { cases, problems } = await registerCases(context, study, entries)
      if (problems.length > 0) throw new Error(JSON.stringify(problems))
      return [...cases.values()]
    },
    submit: (list, answers) => submit(context, study, list, answers),
    rows: (sql) => context.stores.study.read.all(sql),
    close: () => closeContext(context),
  }
}

/** Both databases as they are made, to be copied: making them takes as long as most tests. */
let empty: Promise<{ name: string; bytes: Buffer }[]> | undefined

async function putEmptyDatabases(folder: string): Promise<void> {
  makeFolders(folder, 0o700)
  // There they are copied from a template, see database.ts.
  if (dialect === 'postgres') return
  empty ??= makeEmptyDatabases()
  for (const { name, bytes } of await empty) if (!existsSync(join(folder, name))) writeFileSync(join(folder, name), bytes, { mode: 0o600 })
}

async function makeEmptyDatabases() {
  const folder = mkdtempSync(join(tmpdir(), 'nameting-'))
  const stores = await openStores({ data: folder })
  for (const store of Object.values(stores)) await store.close()
  const files = Object.values(stores).map(({ path }) => ({ name: basename(path), bytes: readFileSync(path) }))
  rmSync(folder, { recursive: true })
  return files
}

async function submit(
  context: Context,
  study: Study,
  { code, instrument, wave = 'T0', role = 'parent', person = 0, about, language = 'nl' }: ListOf,
  answers: Answers,
): Promise<void> {
  const { read } = context.stores.study
  const caseId = (await findCaseByCode(read, study.id, code))?.id ?? ''
  const people = await participantsOfCase(read, caseId)
  const participant = people.filter((one) => one.role === role)[person]
  const subject = about === undefined ? undefined : people.find((one) => `${one.role} ${one.number}` === about)
  const assignment = (await assignmentsOfCase(read, caseId)).find(
    (row) =>
      row.participantId === participant?.id &&
      row.wave === wave &&
      row.instrumentId === instrument &&
      row.aboutId === (subject?.id ?? null),
  )
  if (!participant || !assignment) throw new Error(`${code} has no ${instrument} at ${wave}${about === undefined ? '' : ` about ${about}`}`)
  const definition = context.definitions.instruments.need(`${instrument}@${assignment.instrumentVersion}`)
  const skipped = itemsOf(definition)
    .map(({ name }) => name)
    .filter((name) => !(name in answers))
  await submitResponse(context, participant, assignment.id, { answers, skipped, language })
}
