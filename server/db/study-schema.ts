/**
 * study.sqlite: everything but who people are. See docs/database.md for what each table is for.
 *
 * `events`, `consents` and `scores` are only ever added to. States are words, listed where they are declared.
 */
import type { Answers } from '../../instruments/schema.ts'
import type { Adoption } from '../../protocols/versions.ts'
import {
  belongsTo,
  day,
  decimal,
  index,
  json,
  key,
  label,
  moment,
  primaryKey,
  serial,
  sql,
  table,
  uniqueIndex,
  whole,
  yes,
} from './columns.ts'

export const studies = table('studies', {
  id: key().primaryKey(),
  protocolId: label().notNull(),
  protocolVersion: label().notNull(),
  title: label().notNull(),
  /** A demonstration may use stand-ins; any other study only when its owner accepted them by name. */
  demonstration: yes().notNull(),
  standInsAcceptedBy: label(),
  /** Who asks: shown on the respondent's page and in every mail. */
  organisation: label().notNull(),
  contact: label().notNull(),
  /** Where to get help at once, shown at the foot of every page of a respondent; the usual line when null. */
  helpLine: label(),
  createdAt: moment().notNull(),
  /** Norm tables adopted since it opened, `id@version`, latest first; they go before those of the protocol. */
  adoptedNorms: json<string[]>().notNull().default([]),
  /** Versions of protocol and instruments adopted since it opened, in the order in which they were. */
  adoptedVersions: json<Adoption[]>().notNull().default([]),
  /** Where arms are allocated by lot: sha256 of the seed, by which anybody can check afterwards that the lots were as drawn. */
  allocationCommitment: label(),
})

export const cases = table(
  'cases',
  {
    id: key().primaryKey(),
    studyId: belongsTo(() => studies.id),
    code: label().notNull(),
    arm: label().notNull(),
    cohort: label().notNull(),
    region: label(),
    registeredAt: moment().notNull(),
    /** The case with which this one is compared: that of a shadow case. */
    indexCaseId: key(),
  },
  (t) => [uniqueIndex('cases_study_code').on(t.studyId, t.code), index('cases_index').on(t.indexCaseId)],
)

/** The children of a case. Number 1 is the index child: the one by whose age norms are chosen. */
export const children = table(
  'children',
  {
    caseId: belongsTo(() => cases.id),
    number: whole().notNull(),
    /** Year and month of birth, `YYYY-MM`. */
    birthMonth: label().notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.number] })],
)

/** Of a case that is compared with an index case: whether each matching criterion of the protocol is met. */
export const matches = table(
  'matches',
  {
    caseId: belongsTo(() => cases.id),
    criterion: label().notNull(),
    met: yes().notNull(),
    /** What staff wrote beside it; never a name. */
    note: label(),
    recordedAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.criterion] })],
)

/** A sample of cases that was drawn. It is drawn once. */
export const samples = table(
  'samples',
  {
    studyId: belongsTo(() => studies.id),
    name: label().notNull(),
    seed: label().notNull(),
    size: whole().notNull(),
    drawnAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.studyId, t.name] })],
)

/** Every case that could have been drawn, in the order of the draw: the first `size` are in, the next are reserves. */
export const sampledCases = table(
  'sampled_cases',
  {
    studyId: belongsTo(() => studies.id),
    name: label().notNull(),
    position: whole().notNull(),
    caseId: belongsTo(() => cases.id),
    /** Whether the case is in the sample: drawn, or a reserve that was called up. */
    included: yes().notNull(),
  },
  (t) => [primaryKey({ columns: [t.studyId, t.name, t.position] }), index('sampled_cases_case').on(t.caseId)],
)

/** The log of the lots: which arm came next, and the case that got it. Lots that nobody drew yet are nowhere. */
export const allocations = table(
  'allocations',
  {
    studyId: belongsTo(() => studies.id),
    /** The facts within which the arms are balanced, as `name=value`, or empty. */
    stratum: label().notNull(),
    /** From 1 on, within the stratum. */
    position: whole().notNull(),
    arm: label().notNull(),
    caseId: belongsTo(() => cases.id),
    at: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.studyId, t.stratum, t.position] }), uniqueIndex('allocations_case').on(t.caseId)],
)

export const anchors = table(
  'anchors',
  {
    caseId: belongsTo(() => cases.id),
    name: label().notNull(),
    date: day().notNull(),
    recordedAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.name] })],
)

export const participantStates = ['active', 'declined', 'withdrawn', 'handed over'] as const
export const participants = table(
  'participants',
  {
    id: key().primaryKey(),
    caseId: belongsTo(() => cases.id),
    role: label().notNull(),
    /** First, second ... of this role in the case, as they were registered: exports and screens tell two parents apart by it. */
    number: whole().notNull(),
    language: label().notNull(),
    sex: label(),
    state: label().$type<(typeof participantStates)[number]>().notNull(),
    stateAt: moment().notNull(),
    /** Coded reason of the protocol for which they declined or withdrew. */
    stateReason: label(),
    /** When they came into the case, if later than the case itself. */
    joinedAt: moment(),
    /** Whose place they took, when a case was handed over. */
    succeedsId: key(),
    /** Set when a mail server refused the address for good: no more mail until staff correct it. */
    addressRefusedAt: moment(),
    /** Since when they want no reminders; invitations still come. */
    remindersStoppedAt: moment(),
    /** When what they answered was erased at their request, and when after that their contact data were. */
    answersErasedAt: moment(),
    contactRemovedAt: moment(),
    /**
     * Of roles that see the case code: the same for whoever is in this role with the same mail address in another case of the
     * study, so that they have one page with all their cases. A keyed hash, see `mailboxKeyOf`; null for everybody else.
     */
    mailboxKey: label(),
  },
  (t) => [
    uniqueIndex('participants_place').on(t.caseId, t.role, t.number),
    index('participants_mailbox').on(t.mailboxKey),
    // Every pass of the ticker looks for these: it holds only them.
    index('participants_erasing').on(t.answersErasedAt).where(sql.raw('answers_erased_at is not null and contact_removed_at is null')),
  ],
)

export const consents = table(
  'consents',
  {
    id: serial(),
    participantId: belongsTo(() => participants.id),
    purpose: label().notNull(),
    version: label().notNull(),
    given: yes().notNull(),
    language: label().notNull(),
    at: moment().notNull(),
    /** Who recorded it: the participant on the page, or staff, from paper or by telephone. */
    recordedBy: label().$type<'participant' | 'staff'>().notNull().default('participant'),
  },
  (t) => [index('consents_participant').on(t.participantId)],
)

export const assignmentStates = ['scheduled', 'open', 'in progress', 'completed', 'expired', 'cancelled'] as const
export type AssignmentState = (typeof assignmentStates)[number]
/**
 * Which assignments the ticker still has to open or end. Indexes hold only these, so that one which is over costs
 * nothing; SQLite sees that such an index will do only where a query has the very same words.
 */
export const isScheduled = sql.raw("state = 'scheduled'")
export const isUnfinished = sql.raw("state in ('scheduled', 'open', 'in progress')")
/** Assignments about the case as a whole, not about one participant. */
export const isAboutCase = sql.raw('about_id is null')
export const assignments = table(
  'assignments',
  {
    id: key().primaryKey(),
    studyId: belongsTo(() => studies.id),
    caseId: belongsTo(() => cases.id),
    participantId: belongsTo(() => participants.id),
    /** The participant whom it is about, for an interview with them; null when it is about the case. */
    aboutId: key().references(() => participants.id),
    wave: label().notNull(),
    instrumentId: label().notNull(),
    instrumentVersion: label().notNull(),
    state: label().$type<AssignmentState>().notNull(),
    /** Coded reason of the protocol for which staff called it off. */
    reason: label(),
    opensAt: moment().notNull(),
    closesAt: moment().notNull(),
    /** Day on which the wave falls: anchor plus offset. */
    target: day().notNull(),
    startedAt: moment(),
    endedAt: moment(),
  },
  (t) => [
    uniqueIndex('assignments_key').on(t.participantId, t.wave, t.instrumentId, t.aboutId),
    // Nulls differ from each other in an index: what is about nobody in particular needs one of its own.
    uniqueIndex('assignments_key_of_case').on(t.participantId, t.wave, t.instrumentId).where(isAboutCase),
    index('assignments_case').on(t.caseId),
    index('assignments_opening').on(t.opensAt).where(isScheduled),
    index('assignments_closing').on(t.closesAt).where(isUnfinished),
  ],
)

/** What somebody has typed and not sent yet; gone once the response is there. */
export const drafts = table('drafts', {
  assignmentId: key()
    .primaryKey()
    .references(() => assignments.id),
  /** Counts up by one a save; a save that builds on an older one is refused. */
  revision: whole().notNull(),
  answers: json<Answers>().notNull(),
  page: label(),
  savedAt: moment().notNull(),
  /** On which device each answer was given; to every other one it is sealed. An item without an entry is sealed to all. */
  givenOn: json<Record<string, string>>().notNull().default({}),
  /** The device that saved last, and what it called that save: a page knows its own by it. */
  deviceId: key(),
  saveId: label(),
})

export const responses = table(
  'responses',
  {
    id: key().primaryKey(),
    assignmentId: belongsTo(() => assignments.id),
    instrumentId: label().notNull(),
    instrumentVersion: label().notNull(),
    /** sha256 of the definition as it was shown. */
    definitionHash: label().notNull(),
    answers: json<Answers>().notNull(),
    /** Items that were asked and left open on purpose. */
    skipped: json<string[]>().notNull(),
    /** Items that a condition kept from being asked. */
    notApplicable: json<string[]>().notNull(),
    language: label().notNull(),
    submittedAt: moment().notNull(),
    /** What the page called this submission, by which it is known when it comes a second time. */
    submissionId: label(),
  },
  (t) => [uniqueIndex('responses_assignment').on(t.assignmentId)],
)

export const scores = table(
  'scores',
  {
    /** Of two scores of the same response and scale the one with the higher id is the one that counts. */
    id: serial(),
    responseId: belongsTo(() => responses.id),
    instrumentId: label().notNull(),
    instrumentVersion: label().notNull(),
    scale: label().notNull(),
    raw: decimal(),
    missing: whole().notNull(),
    /** Why there is no raw score or no z, as a code of the score vocabulary. */
    reason: label(),
    z: decimal(),
    band: label(),
    normId: label(),
    normVersion: label(),
    normStatus: label(),
    stratum: label(),
    /** Of costs: the price table by which they were counted. */
    priceTableId: label(),
    priceTableVersion: label(),
    inputHash: label().notNull(),
    scoredAt: moment().notNull(),
  },
  (t) => [index('scores_response').on(t.responseId, t.scale)],
)

/**
 * The outbox. planned: to be sent; claimed: in the hands of one process; sent: the mail server accepted it;
 * cancelled: no longer wanted; refused: the mail server will never take it; unknown: handed over without an answer.
 */
export const messageStates = ['planned', 'claimed', 'sent', 'cancelled', 'refused', 'unknown'] as const
export type MessageState = (typeof messageStates)[number]
export const messages = table(
  'messages',
  {
    id: key().primaryKey(),
    studyId: belongsTo(() => studies.id),
    caseId: belongsTo(() => cases.id),
    participantId: belongsTo(() => participants.id),
    wave: label().notNull(),
    /** `invitation`, or the id of a reminder in the protocol. */
    kind: label().notNull(),
    /** The moment the protocol gives it. */
    dueAt: moment().notNull(),
    /** Not before this moment: dueAt, or later after a temporary failure. */
    nextAt: moment().notNull(),
    state: label().$type<MessageState>().notNull(),
    /** Tries to which a mail server answered; trouble on the way there is not counted. */
    attempts: whole().notNull(),
    claimedAt: moment(),
    claimedBy: label(),
    settledAt: moment(),
    /** Message-ID header: the same for every attempt at the same message. */
    messageId: label().notNull(),
    /** Message-ID of the mail in which it went last, together with others; null where it was alone. */
    mailId: label(),
    /** What the mail server said, or why it was cancelled; never an address. */
    detail: label(),
  },
  (t) => [
    uniqueIndex('messages_key').on(t.participantId, t.wave, t.kind),
    uniqueIndex('messages_message_id').on(t.messageId),
    index('messages_due').on(t.state, t.nextAt),
    index('messages_case').on(t.caseId),
  ],
)

/** A link in a mail. Only the hash of its token is kept. */
export const links = table(
  'links',
  {
    tokenHash: key().primaryKey(),
    participantId: belongsTo(() => participants.id),
    messageId: key().references(() => messages.id),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
  },
  (t) => [index('links_participant').on(t.participantId)],
)

/** An address in the head of a mail by which reminders are stopped, and nothing else can be done. Only the hash of its token is kept. */
export const reminderLinks = table('reminder_links', {
  tokenHash: key().primaryKey(),
  participantId: belongsTo(() => participants.id),
  createdAt: moment().notNull(),
})

export const sessions = table(
  'sessions',
  {
    tokenHash: key().primaryKey(),
    participantId: belongsTo(() => participants.id),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    /** The device on which it was opened. */
    deviceId: key(),
  },
  (t) => [index('sessions_expiry').on(t.expiresAt)],
)

/** A browser in which a link was opened and nobody has logged out since. Only the hash of its mark is kept. */
export const devices = table(
  'devices',
  {
    id: key().primaryKey(),
    markHash: key().notNull(),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
  },
  (t) => [uniqueIndex('devices_mark').on(t.markHash), index('devices_expiry').on(t.expiresAt)],
)

/** What needs a person. */
export const tasks = table(
  'tasks',
  {
    id: serial(),
    studyId: belongsTo(() => studies.id),
    caseId: belongsTo(() => cases.id),
    participantId: key().references(() => participants.id),
    messageId: key().references(() => messages.id),
    kind: label().notNull(),
    detail: label(),
    createdAt: moment().notNull(),
    doneAt: moment(),
  },
  (t) => [index('tasks_open').on(t.studyId, t.doneAt), uniqueIndex('tasks_message_kind').on(t.messageId, t.kind)],
)

/** Everything that happened, in order. */
export const events = table(
  'events',
  {
    id: serial(),
    at: moment().notNull(),
    studyId: belongsTo(() => studies.id),
    caseId: key().references(() => cases.id),
    participantId: key().references(() => participants.id),
    wave: label(),
    kind: label().notNull(),
    detail: json<Record<string, unknown>>(),
  },
  (t) => [index('events_case').on(t.caseId)],
)

/** Settings of this installation that are data, not environment: the demonstration's clock. */
export const settings = table('settings', { name: key().primaryKey(), value: label().notNull() })
