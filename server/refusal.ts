/**
 * The error catalogue: everything the server refuses over HTTP, with its status and what it says.
 *
 * One wire shape: `{ "error": { "code", "message", ...details } }`. Pages show their own words by code; the message is
 * for whoever reads a log or calls the API.
 */
export const refusals = {
  'no-session': { status: 401, message: 'There is no open session. Open the link in the mail again.' },
  'link-unknown': { status: 404, message: 'This link is not known. Open it from the mail again, or ask for a new one.' },
  'link-expired': { status: 410, message: 'This link is no longer valid: the time to answer is over.' },
  'assignment-unknown': { status: 404, message: 'There is no such list for this participant.' },
  'case-unknown': { status: 404, message: 'This participant has no such case.' },
  'colleague-invalid': { status: 422, message: 'The case cannot go to this colleague; problems says which field is wrong and why.' },
  'assignment-closed': {
    status: 409,
    message: 'This list is not open; state says whether it is completed, expired, cancelled or not open yet.',
  },
  'participant-stopped': { status: 409, message: 'This participant declined, withdrew or handed over; nothing is asked of them.' },
  'consent-missing': { status: 409, message: 'Consent comes first: answer every required statement of the packet.' },
  'consent-unknown': { status: 422, message: 'given must answer each purpose of this packet, and no other, with true or false.' },
  'language-unknown': { status: 422, message: 'The study has no such language; languages lists those it has.' },
  'draft-outdated': { status: 409, message: 'Somebody saved a later state of this list; current has it. Decide which one to keep.' },
  'answers-invalid': { status: 422, message: 'Some answers do not fit their question; problems says which.' },
  'answers-missing': { status: 422, message: 'Some questions are open; missing says which. Fill them in, or send them in skipped.' },
  'answered-outside': {
    status: 422,
    message: 'That day is not in the window of the list, or still to come; from and to say which days are.',
  },
  'entry-unknown': { status: 404, message: 'Nobody is typing this list in.' },
  'entry-there': { status: 409, message: 'Somebody is typing this list in already; entry says who and since when.' },
  'entry-of-another': { status: 409, message: 'Somebody else is typing this; whoever types it a second time has to be another person.' },
  'entry-outdated': { status: 409, message: 'A later state of this typing was saved elsewhere; current has it.' },
  'entry-undecided': { status: 409, message: 'The two typings differ: items says in which items. Decide about each.' },
  'reason-missing': { status: 422, message: 'This needs a reason: the window of the list is over.' },
  'item-unknown': { status: 422, message: 'The list has no such item, or does not ask it with these answers.' },
  'value-same': { status: 422, message: 'That is the value already.' },
  'query-unknown': { status: 404, message: 'There is no such question about a value in this case.' },
  'query-closed': { status: 409, message: 'This question about a value is closed.' },
  'body-invalid': { status: 400, message: 'The body is not what this address takes; problems says where.' },
  'query-invalid': { status: 400, message: 'The address has a parameter that it does not take; problems says which.' },
  'body-too-large': { status: 413, message: 'The body is larger than this address takes.' },
  'origin-foreign': { status: 403, message: 'This request came from another site.' },
  'sign-in-failed': { status: 401, message: 'Address and password do not belong together, or the account is not in use.' },
  'code-wrong': { status: 401, message: 'This code is not good, or it was used before.' },
  'sign-in-slowed': { status: 429, message: 'There were many tries that failed. Wait as many seconds as retryAfter says.' },
  'not-signed-in': { status: 401, message: 'Nobody is signed in here, or it was too long ago; stage says how far the sign-in has come.' },
  'other-account': {
    status: 409,
    message:
      'This was typed by somebody else than who is signed in here now (X-Account). Nothing was saved: whoever typed it signs in again.',
  },
  'not-allowed': { status: 403, message: 'This account may not do that; permission names what it would need.' },
  'key-unknown': { status: 401, message: 'This key is not known, is over, or was revoked. Its owner makes another one at the desk.' },
  'key-not-enough': { status: 403, message: 'Keys read what belongs to a study. For this somebody has to be signed in at the desk.' },
  'too-often': { status: 429, message: 'Too many requests. Wait as many seconds as retryAfter says.' },
  'password-invalid': { status: 422, message: 'This password cannot be taken; fault says why.' },
  'password-wrong': {
    status: 403,
    message: 'It takes the password of this account; one without a password has to sign in anew just before (hasPassword).',
  },
  'passkey-wrong': { status: 422, message: 'This passkey did not answer what was asked, or is known already.' },
  'last-factor': { status: 409, message: 'This is the last second factor of the account: add another one first.' },
  'staff-invalid': { status: 422, message: 'The account cannot be like this; problems says which field is wrong and why.' },
  'own-account': {
    status: 409,
    message: 'Nobody can disable their own account or take their own last administrator role: ask another administrator.',
  },
  'entry-invalid': {
    status: 422,
    message: 'Something that was entered cannot be taken; problems says which field, and why. Nothing was changed.',
  },
  'change-refused': { status: 409, message: 'This does not go together with the case as it is; why says how. Nothing was changed.' },
  'case-invalid': {
    status: 422,
    message: 'This case does not fit the protocol; problems says in which field, and why. Nothing was registered.',
  },
  'import-invalid': { status: 422, message: 'This file cannot be imported; problems says on which line, and why. Nothing was registered.' },
  'kept-elsewhere': {
    status: 409,
    message: 'Its files are at another server of this installation. Ask that one, or make it anew.',
  },
  'export-running': { status: 409, message: 'Another export of this study is under way. Wait until it is done, or stop it.' },
  'job-running': {
    status: 409,
    message: 'Other work on all cases of this study is under way; job says which. Wait until it is done, or stop it.',
  },
  'import-running': { status: 409, message: 'Another import into this study is under way. Wait until it is done, or stop it.' },
  'not-possible': { status: 409, message: 'This cannot be done as things are; fault says why. Nothing was changed.' },
  'not-found': { status: 404, message: 'There is nothing at this address.' },
  'storage-full': { status: 507, message: 'The answer could not be stored: the disk is full. Nothing was lost; try again later.' },
  'storage-away': {
    status: 503,
    message:
      'The database cannot be reached or takes nothing at present. Send the same again later: what is stored already is not stored twice.',
  },
  'server-outdated': {
    status: 503,
    message:
      'A newer version of the server takes over: this one takes nothing any more. Nothing was changed; send the same again in a while.',
  },
  unexpected: { status: 500, message: 'Something went wrong on the server. Nothing was changed; try again later.' },
} as const

export type RefusalCode = keyof typeof refusals

/** Thrown by workflow and routes; becomes the answer to the request. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly details: Record<string, unknown>

  constructor(code: RefusalCode, details: Record<string, unknown> = {}) {
    super(refusals[code].message)
    this.code = code
    this.details = details
  }
}
