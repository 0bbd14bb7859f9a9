/** Staff accounts: who may sign in, by what, and what they may do where. See docs/staff.md. */
import { belongsTo, bytes, index, key, label, moment, primaryKey, table, uniqueIndex, whole } from '../columns.ts'

export const staffStates = ['invited', 'active', 'disabled'] as const
export const staff = table(
  'staff',
  {
    id: key().primaryKey(),
    /** A keyed hash of the mail address in lower case, by which an account is found without its address being readable. */
    addressMark: label().notNull(),
    /** Name and mail address, AES-256-GCM; the id is its additional data. */
    sealed: bytes().notNull(),
    keyId: label().notNull(),
    language: label().notNull(),
    state: label().$type<(typeof staffStates)[number]>().notNull(),
    /** Argon2id, as a PHC string; null until the invitation was taken up. */
    passwordHash: label(),
    /** Subject at the identity provider of the organisation, as a keyed hash, for whoever signs in there. */
    subjectMark: label(),
    createdAt: moment().notNull(),
    stateAt: moment().notNull(),
  },
  (t) => [uniqueIndex('staff_address').on(t.addressMark), uniqueIndex('staff_subject').on(t.subjectMark)],
)

/** What an account may do in which study; several rows add up. */
export const staffRoles = table(
  'staff_roles',
  {
    staffId: belongsTo(() => staff.id),
    /** Id of the study in study.sqlite, or `*` for all there are and will be. */
    studyId: label().notNull(),
    role: label().notNull(),
    /** Only cases of this region, or `*`. */
    region: label().notNull(),
    grantedAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.staffId, t.studyId, t.role, t.region] })],
)

/** A second factor: a shared secret for one-time codes, or a passkey. */
export const secondFactors = table(
  'second_factors',
  {
    id: key().primaryKey(),
    staffId: belongsTo(() => staff.id),
    kind: label().$type<'totp' | 'passkey'>().notNull(),
    /** What its owner calls it. */
    name: label().notNull(),
    /** The secret, or the passkey's public key, AES-256-GCM; the id is its additional data. */
    sealed: bytes().notNull(),
    keyId: label().notNull(),
    /** Of a passkey: by what the browser names it. */
    credentialId: label(),
    /** The last counter that was used: the time step of a code, the signature counter of a passkey. None counts twice. */
    counter: whole().notNull(),
    createdAt: moment().notNull(),
    /** Null until its owner has shown once that it works. */
    confirmedAt: moment(),
  },
  (t) => [index('second_factors_staff').on(t.staffId), uniqueIndex('second_factors_credential').on(t.credentialId)],
)

/** Codes for whoever lost the second factor; each works once. Only hashes are kept. */
export const recoveryCodes = table(
  'recovery_codes',
  { codeHash: key().primaryKey(), staffId: belongsTo(() => staff.id), createdAt: moment().notNull(), usedAt: moment() },
  (t) => [index('recovery_codes_staff').on(t.staffId)],
)

/** Links by which a password is chosen. Only the hash of the token is kept; each works once. */
export const linkMails = ['unknown', 'sent', 'refused', 'not sent'] as const
export const staffLinks = table(
  'staff_links',
  {
    tokenHash: key().primaryKey(),
    staffId: belongsTo(() => staff.id),
    purpose: label().$type<'invitation' | 'reset' | 'second factor'>().notNull(),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    usedAt: moment(),
    /** What became of the mail with it; `unknown` from before it is handed over. Null for a link that was not mailed. */
    mail: label().$type<(typeof linkMails)[number]>(),
    /** What the mail server said, without names and addresses. */
    mailDetail: label(),
  },
  (t) => [index('staff_links_staff').on(t.staffId)],
)

export const sessionStages = ['password', 'signed in'] as const
export const staffSessions = table(
  'staff_sessions',
  {
    tokenHash: key().primaryKey(),
    staffId: belongsTo(() => staff.id),
    /** `password`: the second factor is still to come, and nothing else can be done. */
    stage: label().$type<(typeof sessionStages)[number]>().notNull(),
    createdAt: moment().notNull(),
    /** To the minute: when somebody was last at work in it. */
    lastSeenAt: moment().notNull(),
    expiresAt: moment().notNull(),
    /** What a passkey was last asked to sign in this session; used up by the answer. */
    challenge: label(),
  },
  (t) => [index('staff_sessions_staff').on(t.staffId), index('staff_sessions_expiry').on(t.expiresAt)],
)

/** Keys for other software. Only the hash is kept. */
export const apiKeys = table(
  'api_keys',
  {
    id: key().primaryKey(),
    keyHash: label().notNull(),
    staffId: belongsTo(() => staff.id),
    /** What its owner calls it. */
    name: label().notNull(),
    studyId: label().notNull(),
    /** One of its owner's roles in the study: a key can do no more, and no more than its owner can at that moment. */
    role: label().notNull(),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    revokedAt: moment(),
    lastUsedAt: moment(),
  },
  (t) => [uniqueIndex('api_keys_hash').on(t.keyHash), index('api_keys_staff').on(t.staffId)],
)
